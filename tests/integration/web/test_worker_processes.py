"""Beside the serving process stand workers: one that is killed is started again, and none outlives whoever serves."""

import os
import signal
from collections.abc import Iterator

import psutil
import pytest

from tests.cast.databases import Copies
from tests.cast.server import Server
from tests.cast.waiting import until


@pytest.fixture
def server(copies: Copies) -> Iterator[Server]:
    with copies.migrated() as machine:
        made = Server(machine)
        made.start()
        yield made
        made.stop()


def workers(server: Server) -> list[int]:
    assert server.process is not None
    children = psutil.Process(server.process.pid).children()
    return [child.pid for child in children if not gone(child.pid) and "worker" in child.cmdline()]


def test_a_killed_worker_is_replaced_and_the_last_goes_with_the_server(server: Server):
    (first,) = until(lambda: workers(server), "no worker came with the server")
    os.kill(first, signal.SIGKILL)
    (second,) = until(lambda: [pid for pid in workers(server) if pid != first], "the killed worker was not replaced")
    server.kill()
    until(lambda: not psutil.pid_exists(second) or gone(second), "the worker outlived the server")


def gone(pid: int) -> bool:
    """Whether only the name of an ended process is left."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
