"""Where things lie: the tree of provinces, cities, counties and towns. Not here: what stands there, and who acts there.

A code carries the tree (GB/T 2260): the codes of all that lies in a place begin like the place's own. So whatever
stands somewhere keeps one code, and `queries.within` limits it to what an actor acts for without a join.
"""
