"""The tools dialect, /api/v1."""
