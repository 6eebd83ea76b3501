"""Anyone verifies a certificate: by its code or by number and name, counted, limited and audited.

Runs as the public role, which reads no table and no view; it asks three functions of the database. Not here: who
issues (certificates).
"""
