"""Change: whether two versions of a page differ in what matters, and where."""
