"""Python of its own that hears what it is told, however the tests were started.

A suite that runs under nohup or behind `&` is deaf to SIGHUP or SIGINT, and whatever it starts inherits that.
"""

import sys

HEARS = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
"""


def python(what: str) -> list[str]:
    """The command that does `what`; what follows it are the arguments."""
    return [sys.executable, "-c", f"{HEARS}{what}"]
