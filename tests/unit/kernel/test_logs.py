"""A log tells where a mistake was made, and nothing of what people typed."""

from collections.abc import Iterator

import pytest
import structlog

from kernel import logs


@pytest.fixture
def configured() -> Iterator[None]:
    logs.configure()
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("configured")
def test_the_log_of_a_mistake_holds_no_local_variable(capsys):
    password = "typed by a person"
    try:
        int(password[:5])
    except ValueError:
        structlog.get_logger().exception("bug")
    logged = capsys.readouterr().out
    assert "ValueError: invalid literal" in logged
    assert "test_logs.py" in logged
    assert password not in logged
