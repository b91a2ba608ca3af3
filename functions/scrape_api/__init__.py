"""The scrape dialect, /v1."""
