"""What a process believes of the way that visitors come."""

import pytest
import uvicorn
from fastapi import FastAPI

from host import server
from kernel.settings import Settings


@pytest.mark.parametrize(
    ("base_url", "told", "encrypted"),
    [
        ("https://anpei.example", None, True),
        ("HTTPS://anpei.example", None, True),
        ("http://127.0.0.1:8000", None, False),
        ("http://127.0.0.1:8000", True, True),
        ("https://anpei.example", False, False),
    ],
)
def test_cookies_are_kept_to_https_where_the_public_address_is_one(base_url, told, encrypted):
    assert Settings(base_url=base_url, secure_cookies=told).is_encrypted is encrypted


def test_only_the_named_proxies_are_believed(monkeypatch):
    made: dict[str, uvicorn.Config] = {}
    monkeypatch.setattr(uvicorn.Server, "run", lambda self: made.update(config=self.config))
    server.listen(FastAPI(), "127.0.0.1", 0, trusted_proxies="10.0.0.7")
    assert made["config"].forwarded_allow_ips == "10.0.0.7"
