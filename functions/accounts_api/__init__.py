"""Sign-in, consent and tokens."""
