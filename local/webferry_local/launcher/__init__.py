"""`make up`: one process that holds the engine, the front door and the workers."""
