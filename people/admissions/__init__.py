"""How organisations come in: on a list that an office brings, or because they apply and an office admits them.

Not here: what an organisation is (organisations), and how its first person comes in (first_sign_ins).
"""
