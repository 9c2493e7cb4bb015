"""The round of `world.py` and who acts in it."""

import pytest

from tests.coaching.world import Made, a_cohort
from tests.conftest import World
from tests.programmes.conftest import People, actors


@pytest.fixture
def made(world: World) -> Made:
    return a_cohort(world)


@pytest.fixture
def people(world: World) -> People:
    return actors(world)
