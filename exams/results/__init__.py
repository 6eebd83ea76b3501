"""Marks that wait for release, their release, and the re-check that a candidate may ask for.

Results are only added. Until its sitting is released, nobody but the exam office sees that a result exists.
"""
