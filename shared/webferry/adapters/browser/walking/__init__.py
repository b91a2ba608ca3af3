"""Walks: the steps of a flow, done by Playwright in a browser that is ours."""
