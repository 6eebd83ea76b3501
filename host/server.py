"""The process that listens: says where it is once it is there, or in one sentence why it cannot be."""

import os
import socket
from typing import Any

import uvicorn
from fastapi import FastAPI

from host.console import console
from kernel.errors import N_, Problem


class PortIsTaken(Problem):
    sentence = N_("Port %(port)s of %(host)s cannot be used (%(why)s). Choose another one: make run PORT=8001")


class Leaving(uvicorn.Server):
    """uvicorn, which waits until every answer is given. Streams have no end of their own, and are ended first."""

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        """End what would go on, and wait for the rest."""
        streams = getattr(getattr(self.config.app, "state", None), "streams", None)
        if streams is not None:
            streams.end()
        await super().shutdown(sockets)


class Server(Leaving):
    """The same, which tells the person at the terminal when the first request can come."""

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started:
            console.print(f"Anpei is at [bold]http://{self.config.host}:{self.config.port}[/bold] now; Ctrl-C ends it.")


def listen(application: FastAPI, host: str, port: int, *, trusted_proxies: str) -> None:
    """Serve until told to end. Only `trusted_proxies` are believed where a visitor comes from."""
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
        forwarded_allow_ips=trusted_proxies,
    )
    Server(config).run()


def require_free(host: str, port: int) -> None:
    """Asked before the database is started. Raises PortIsTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OverflowError as fault:
        raise PortIsTaken(host=host, port=port, why=str(fault)) from None
    except OSError as fault:
        raise PortIsTaken(host=host, port=port, why=os.strerror(fault.errno or 0)) from None
