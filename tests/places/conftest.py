"""The packaged units and zones, loaded once for this folder and rolled back after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.db import transaction

from tests.conftest import NOW


@pytest.fixture(scope="package")
def _reference(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    from matxich.places.actions import load_reference

    with django_db_blocker.unblock(), transaction.atomic():
        yield load_reference(at=NOW) | {"home": project.HOME}
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_reference: dict[str, Any], _own_home: None, db: None, settings: Any) -> dict[str, Any]:
    """What the first load answered; the tables are full. The home is the one that load sealed its entry in."""
    settings.HOME = _reference["home"]
    return {name: value for name, value in _reference.items() if name != "home"}
