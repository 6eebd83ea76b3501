"""Oversight: how the separation of teaching and testing is enforced, with the evidence as found at this moment.

Inspections, findings, orders and credit records will stand here later.
"""
