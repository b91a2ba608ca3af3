"""The tables, one aggregate each."""
