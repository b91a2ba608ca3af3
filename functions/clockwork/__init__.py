"""The clockwork: what has to happen though nobody asks for it."""
