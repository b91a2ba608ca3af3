"""Worker pool: runs Lambda handlers in processes of our own over the real Runtime API."""
