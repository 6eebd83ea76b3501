"""Short messages to people, and a ledger that knows of each how far it came.

A message is written with the deed that occasions it, under a key that makes it one. It leaves later, outside of any
transaction: a row says that it is about to, before it does. Who cannot tell whether it arrived says so, and sends
nothing again.
"""
