"""Anyone verifies a certificate: by its code or by number and name, counted, limited and audited.

Runs as the public role, which reads no table and no view; it asks three functions of the database. The counting is this
room's deed: against somebody who has broken into the public face the database guards the register, not the limit. Not
here: who issues (certificates).
"""
