"""What the press told, rebuilt out of records."""

import pytest

from demo.press import fill_press
from matxich.programmes.models import Agreement
from tests.conftest import NOW, World


@pytest.fixture
def memorandum(world: World) -> Agreement:
    made = fill_press(NOW, world.ministry.memberships.get().agency)  # type: ignore[attr-defined]
    assert made is not None
    return made
