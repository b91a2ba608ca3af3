"""Attempts to deliver webhooks."""
