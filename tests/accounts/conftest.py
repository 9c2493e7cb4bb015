"""People with their addresses confirmed, as accounts made by the actions have them."""

from datetime import UTC, datetime

import pytest

from matxich.kit.actor import Actor, system_actor

PASSWORD = "mat-khau-rat-dai"
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def system() -> Actor:
    return system_actor()


@pytest.fixture
def at() -> datetime:
    return AT
