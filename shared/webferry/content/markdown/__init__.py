"""A page as Markdown: the tree is made plain, step by step, then written down by the parser."""
