"""The first tables of people."""
