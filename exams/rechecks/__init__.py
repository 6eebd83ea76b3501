"""A re-check that finds a mistake: the kept evidence is marked again, and two people put a revision in its place.

Not here: asking for a re-check and answering that nothing was wrong (results), comparing all that is kept (evidence).
"""
