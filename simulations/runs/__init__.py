"""One person's run as a list of operations: begin, operate, resume, replay, score.

Practice and examination share the tables, and PostgreSQL keeps them apart: a row policy shows the teaching role only
practice and the testing role only examination. Which of the two a run is follows from the face it was begun through.
"""
