"""Codes that go to a telephone: asked for, drawn at the moment they are sent, typed by whoever holds it.

A code is kept by nobody. Between asking and sending there is none; afterwards there is its digest. Not here: how
messages leave (messages), and what somebody may do who has typed one.
"""
