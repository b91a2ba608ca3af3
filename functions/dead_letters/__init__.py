"""Dead letters: what the queue of page tasks has given up."""
