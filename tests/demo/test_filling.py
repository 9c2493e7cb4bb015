"""The demo fills a site at whatever hour somebody tries it out."""

from datetime import UTC, datetime

import pytest

from demo.filling import _actor
from demo.people import fill_people
from matxich.kit.actor import system_actor
from matxich.registry.permissions import may_import


@pytest.mark.parametrize("hour", [3, 16, 17, 22, 23])
def test_sample_officers_hold_their_roles_at_any_hour(db, hour):
    """From 17:00 UTC on it is already tomorrow in Vietnam, where roles begin."""
    at = datetime(2026, 11, 27, hour, 30, tzinfo=UTC)
    fill_people(by=system_actor(), at=at)
    assert may_import(_actor("hp.chuyenvien", at))
