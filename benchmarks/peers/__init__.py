"""Who is measured, each in a virtual environment of its own; `stage.py` runs in all of them."""
