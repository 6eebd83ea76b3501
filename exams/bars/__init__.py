"""Who may sit no exam until a day, why, and who lifted it.

How long a bar lasts is the office's decision: no length is confirmed in a source for every kind of breach.
"""
