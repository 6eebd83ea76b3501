"""The practical: one item drawn for each subject, two examiners' score sheets, veto items, signatures, the total.

Not here: who may be an examiner of whom (integrity), when a result is released (results), how a simulated item runs
(simulations).
"""
