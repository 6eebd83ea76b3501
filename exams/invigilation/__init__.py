"""Order in the room: who stands where in it, what the invigilators do there, and the record that they sign.

Of a practical too. Not here: who is on duty (sittings), what a breach needs (breaches).
"""
