"""Faults on the running product: killed, duplicated, refused, and every job still ends right."""
