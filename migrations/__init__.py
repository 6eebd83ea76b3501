"""How the database grows: one migration after another, and what they share. Nothing of ours is imported here."""
