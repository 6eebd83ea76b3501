"""How the first person of an organisation comes in: a code goes to its telephone, and whoever holds that says the rest.

No office types a user name or a password here, and none sees one. Not here: further accounts (appointments).
"""
