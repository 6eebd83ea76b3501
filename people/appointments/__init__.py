"""Who may sign in as what: accounts with roles at an organisation, given, changed and taken back.

Not here: signing in and the own password (accounts), what a role may do (access).
"""
