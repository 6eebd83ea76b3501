"""Who must hold what by when: may this person work at this post today, why not, and until when.

Not here: what posts require (people.positions) and what a certificate is worth (certificates).
"""
