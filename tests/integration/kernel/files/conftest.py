"""Whoever has every right in a database of its own."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from kernel.work import Workplace
from tests.cast.kept_files import machine_of


@pytest.fixture
def owner(own_workplace: Workplace) -> Iterator[Engine]:
    engine = create_engine(machine_of(own_workplace).owner_url())
    yield engine
    engine.dispose()
