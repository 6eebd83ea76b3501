"""Anyone verifies a certificate: by its code or by number and name, counted, limited and audited.

Runs as the public role, which may read one view and knock at one door. Not here: who issues (certificates).
"""
