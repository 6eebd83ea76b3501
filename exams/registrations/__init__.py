"""Who may sit: eligibilities handed down, applications with their decision, seats and admission numbers, outcomes.

Not here: the sitting itself (sittings), marks (results). A registration keeps how it ended, because the next decision
about the same person rests on it.
"""
