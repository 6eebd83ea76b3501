"""Persons, their identity documents and photos, and how they sign in. Whom they work for is organisations'."""
