"""From passed examinations to the officer's decision: passed parts, applications, approvals and refusals.

Not here: the certificate itself (certificates) and the examinations (exams).
"""
