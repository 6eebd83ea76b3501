"""The database: how rows are declared, and one engine for each face."""

import enum
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    URL,
    ColumnElement,
    DateTime,
    Engine,
    Enum,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    bindparam,
    create_engine,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session

from kernel.faces import Face

V = TypeVar("V")
SCHEMAS = ("kernel", "people", "question_bank", "simulations", "training", "exams", "certification")
STATEMENT_TIMEOUT_MS = 15_000
CONNECT_WITHIN_SECONDS = 5
POOL_SIZE = 12  # of a face in a process; kept: opening a connection costs more than most requests
POOL_SPARE = 4
HOT_POOL_SIZE = 12  # of its own, so that a save never waits for a page
# What the roles themselves are held to, where whoever connects says nothing else.
LOCK_TIMEOUT = "30s"  # a page ends before, by its statement; this is for deeds at a terminal
IDLE_IN_TRANSACTION = "5min"


def take_your_time(session: Session) -> None:
    """Lift the limit on statements for this transaction. For deeds at a terminal, never for a page."""
    session.execute(text("SET LOCAL statement_timeout = 0"))
    session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def among(column: ColumnElement[V] | InstrumentedAttribute[V], values: Iterable[V]) -> ColumnElement[bool]:
    """Whether `column` is one of `values`, which travel as one array, however many they are.

    `column.in_(values)` sends each as a parameter of its own, of which a statement may have 65,535; it is for
    vocabularies and subqueries.
    """
    array = bindparam("among", list(values), ARRAY(column.type), unique=True)
    return column.bool_op("=")(func.any(array))


def _values(members: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in members]


class Base(DeclarativeBase):
    """Every row. Enums are stored by value as text, marks as exact numbers, instants with their zone."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own class attribute
        datetime: DateTime(timezone=True),
        Decimal: Numeric(),
        bytes: LargeBinary(),
        dict[str, Any]: JSONB(),
        list[Any]: JSONB(),
        list[str]: JSONB(),
        enum.Enum: Enum(enum.Enum, native_enum=False, length=40, create_constraint=False, values_callable=_values),
    }

    __schema__: str  # each package has one, and its base names it

    @classmethod
    def __table_cls__(cls, *what: Any, **more: Any) -> Table:
        """Made by SQLAlchemy for each row class: the table stands in the schema of its base, whatever else it says."""
        return Table(*what, schema=cls.__schema__, **more)


class KernelBase(Base):
    __abstract__ = True
    __schema__ = "kernel"


class PeopleBase(Base):
    __abstract__ = True
    __schema__ = "people"


class QuestionBankBase(Base):
    __abstract__ = True
    __schema__ = "question_bank"


class SimulationsBase(Base):
    __abstract__ = True
    __schema__ = "simulations"


class TrainingBase(Base):
    __abstract__ = True
    __schema__ = "training"


class ExamsBase(Base):
    __abstract__ = True
    __schema__ = "exams"


class CertificationBase(Base):
    __abstract__ = True
    __schema__ = "certification"


class Engines:
    """One connection pool for each face, made when first needed. `url_of` says where a face's role signs in."""

    def __init__(self, url_of: Callable[[Face], URL]) -> None:
        self._url_of = url_of
        self._engines: dict[Face, Engine] = {}
        self._making = threading.Lock()  # asking for an address may start the server, and the worker has many threads

    def url(self, face: Face) -> URL:
        """Where the role of `face` signs in, with its password."""
        with self._making:
            return self._url_of(face)

    def of(self, face: Face) -> Engine:
        """The pool of one face."""
        with self._making:
            if face not in self._engines:
                self._engines[face] = create_engine(
                    self._url_of(face),
                    pool_size=POOL_SIZE,
                    max_overflow=POOL_SPARE,
                    pool_pre_ping=True,
                    hide_parameters=True,  # what people typed has no place in a log
                    connect_args={
                        "connect_timeout": CONNECT_WITHIN_SECONDS,
                        "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c timezone=UTC",
                    },
                )
            return self._engines[face]

    def dispose(self) -> None:
        """Close every pool."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
