"""Kitchen: one verb per file, written against the sockets."""
