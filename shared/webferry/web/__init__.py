"""Hallway: what every HTTP door shares."""
