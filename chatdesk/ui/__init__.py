"""Show and ask: the only room that knows Qt."""
