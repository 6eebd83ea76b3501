"""Operation + state -> state + facts, deterministic. What an operation means is known to the apparatus alone."""
