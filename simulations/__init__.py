"""The practice apparatus: deterministic worlds in which a person acts, for practice and for examination."""
