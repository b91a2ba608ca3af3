"""The flows dialect, /api."""
