"""Readers of single values: money, numbers, dates, addresses and states, out of short strings."""
