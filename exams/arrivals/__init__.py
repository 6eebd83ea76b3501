"""From the street to a seat: compared with identity card and photo, seated, let in after the doors closed.

Not here: the paper that waits at the seat (attempts), and what the room record says of all this (invigilation).
"""
