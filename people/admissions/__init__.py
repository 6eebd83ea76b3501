"""How organisations come in: on a list that an office brings. Not here: what an organisation is (organisations)."""
