"""Environments and sinks for the tests against real servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import environments
from support.sink import Sink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.environments import Environment


@pytest.fixture(scope="session")
def servers() -> Environment:
    """The third-party servers and this package, installed as a user installs them."""
    return environments.servers()


@pytest.fixture(scope="session")
def inspector() -> str:
    """The command of the MCP Inspector."""
    return environments.inspector()


@pytest.fixture
def sink() -> Iterator[Sink]:
    """An OTLP backend of this test's own."""
    with Sink() as backend:
        yield backend
