"""A site of seeded pages, none of them anybody's: some rendered by the server, some by script."""
