"""What `anpei serve` serves: the screens, with the worker of the same faces beside them."""

from collections.abc import Iterable

from fastapi import FastAPI

from host.worker import worker
from kernel.faces import Face
from kernel.work import Workplace
from web.app import create_app


def application(workplace: Workplace, faces: Iterable[Face] = tuple(Face)) -> FastAPI:
    """An application that hosts `faces`, and does what is to be done for them from time to time."""
    hosted = tuple(faces)
    return create_app(workplace, hosted, beside=worker(workplace, hosted))
