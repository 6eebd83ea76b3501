"""The processes: command line, server, worker, wiring, embedded database.

The only place that knows how the house is started; nothing else imports it.
"""
