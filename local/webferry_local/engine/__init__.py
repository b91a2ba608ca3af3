"""Embedded engine: ministack in our own process, loopback only, guarded, with our worker pool."""
