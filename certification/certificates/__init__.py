"""Certificates: issue, number, picture, verification, suspension, revocation; a status log that only grows.

A certificate is never changed. What holds today is computed from its dates, its log and the rule of the day. Not here:
what must be achieved first (programmes), who must hold one (compliance).
"""
