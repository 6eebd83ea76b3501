"""Credited study: pacing by the server's clock, presence checks, one live session a person. Not here: completion."""
