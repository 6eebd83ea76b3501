"""Exam sites, their rooms and seats, and the pool of staff. Not here: who is on duty when (sittings)."""
