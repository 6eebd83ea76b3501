"""The things a person operates in a simulation. One file or folder an apparatus, rules only: no clock, no database."""
