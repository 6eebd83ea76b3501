"""The first tables of the question bank."""
