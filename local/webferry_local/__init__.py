"""Workshop: the launcher behind `make up` and the operator's command; never deployed."""
