"""How a version comes to be asked: one person writes it, a second reviews it, a third approves it."""
