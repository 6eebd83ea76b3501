"""The first tables of exams."""
