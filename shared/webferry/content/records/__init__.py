"""Records: what a page says in rows and fields, found by its structure and never invented."""
