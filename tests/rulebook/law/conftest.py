"""The law as it ships, and a small one of our own for what the real one must not depend on."""

import pytest

from matxich.policy.packaged import packaged_law
from matxich.rulebook.law.answering import Law


@pytest.fixture(scope="session")
def law() -> Law:
    return packaged_law()
