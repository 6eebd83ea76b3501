"""Results that were revised after certification had taken them as passed: findings for the certificate office.

Not here: what becomes of an application or a certificate that rests on one. Who decides about these sees and decides.
"""
