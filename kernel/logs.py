"""How the platform logs: one line an event, and of a mistake the plain traceback.

structlog's own default prints every local variable of every frame, and with them passwords, ID numbers and keys.
"""

import sys

import structlog


def configure() -> None:
    """Log to standard output, for a person or for the service manager that keeps it."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(
                colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
