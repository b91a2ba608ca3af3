"""A browser of our own: found, launched, watched and killed for each page."""
