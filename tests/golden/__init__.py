"""Golden files: one specimen of every kind of lasting bytes and every number of it, as the program of then wrote it.

    python -m tests.golden

writes those of today's numbers. Until the first release they may be made anew; from that day on none is ever changed,
and a writer that changes gets a new number, a way from the old one, and a file beside the old one.
"""
