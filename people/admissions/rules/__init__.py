"""What a list of organisations says. Pure."""
