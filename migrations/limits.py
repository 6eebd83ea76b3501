"""How long a migration may wait and work: nobody who works on the platform is held up for longer."""

LOCK_TIMEOUT = "4s"
STATEMENT_TIMEOUT = "60s"
SET_LIMITS = (f"SET lock_timeout = '{LOCK_TIMEOUT}'", f"SET statement_timeout = '{STATEMENT_TIMEOUT}'")
