"""What must be achieved before a certificate is issued, and how long it then counts: rules of law as dated data.

Not here: who has achieved it (eligibility, certificates) and who must hold it (compliance).
"""
