"""The page worker: errands from the queue of page tasks."""
