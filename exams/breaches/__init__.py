"""Breaches of the rules of the room: found by one invigilator, then confirmed by another or dismissed with a reason."""
