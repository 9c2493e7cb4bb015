"""A few entries about one firm, committed and sealed."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from matxich.kit.actor import Actor
from matxich.ledger.actions import Subject, record, seal

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PERSON = Actor(kind="person", id="user:5", name="Ngô Thị Chủ", organisation="Sở Công Thương Hải Phòng")


@pytest.fixture
def write():
    def entry(number: int = 1, **more: object) -> int:
        with transaction.atomic():
            on = Subject("enterprise", str(number), f"Công ty {number}", "31")
            return record(by=PERSON, at=AT, action="registry.rename", on=on, after={"name": number}, **more).pk

    return entry


@pytest.fixture
def chain(transactional_db, write):
    """Five entries and their seals; the entries' ids in the chain's order."""
    ids = [write(number) for number in range(1, 6)]
    assert seal(at=AT) == 5
    return ids
