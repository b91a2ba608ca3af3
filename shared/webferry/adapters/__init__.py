"""Plumbing: one vendor per file, each behind a socket."""
