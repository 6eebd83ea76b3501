"""Courses and their lessons: what is taught, in immutable versions. Not here: who learns it, and who has learnt it."""
