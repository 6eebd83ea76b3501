"""One byte form for JSON values, so that digests and seals mean the same everywhere and for ever."""

import json


def canonical_json(value: object) -> bytes:
    """JSON with sorted keys, no spaces and UTF-8 text. Floats have no one form; write decimals as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
