"""The first tables of certification."""
