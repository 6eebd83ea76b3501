"""Enrolments: who learns what, at which provider, under which outline, taught by whom. Not here: how far they got."""
