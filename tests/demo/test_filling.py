"""The demo fills a site at whatever hour somebody tries it out."""

from datetime import UTC, datetime

import pytest

from demo.doings import fill_doings
from demo.filling import _actor
from demo.papers import fill_papers
from demo.people import fill_people
from matxich.correspondence.models import OfficialPaper
from matxich.kit.actor import system_actor
from matxich.registry.models import Claim, Confirmation, ConfirmationLink, SavedSearch, Source, Visit
from matxich.registry.permissions import may_import
from tests.registry.search_world import firm


@pytest.mark.parametrize("hour", [3, 16, 17, 22, 23])
def test_sample_officers_hold_their_roles_at_any_hour(db, hour):
    """From 17:00 UTC on it is already tomorrow in Vietnam, where roles begin."""
    at = datetime(2026, 11, 27, hour, 30, tzinfo=UTC)
    fill_people(by=system_actor(), at=at)
    assert may_import(_actor("hp.chuyenvien", at))


def test_every_page_of_what_people_do_has_something_to_see(db):
    """Claims in each state, visits sent and begun, a confirmation and its link, searches, rhythms; once each."""
    at = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
    fill_people(by=system_actor(), at=at)
    for number in range(12):
        firm(f"Cơ khí Mẫu {number}", told={"processes": ["Phay"]}, is_demo=True, province_34="31", province_63="31")
    Source.objects.update(is_demo=True)
    for _again in range(2):
        fill_doings(at)
        assert sorted(Claim.objects.values_list("state", flat=True)) == [
            "approved",
            "refused",
            "submitted",
            "submitted",
        ]
        assert sorted(Visit.objects.values_list("state", flat=True)) == ["draft", "submitted", "submitted", "submitted"]
        assert (Confirmation.objects.count(), ConfirmationLink.objects.count(), SavedSearch.objects.count()) == (
            1,
            1,
            4,
        )
        assert list(Source.objects.exclude(rhythm="none").values_list("rhythm", flat=True)) == ["quarterly"]


def test_papers_stand_in_every_state_though_their_people_are_new(db):
    """Papers are dated before the day the demo's people have their roles from."""
    at = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
    fill_people(by=system_actor(), at=at)
    for _again in range(2):
        fill_papers(at)
        assert sorted(OfficialPaper.objects.values_list("state", flat=True)) == [
            "draft", "initialled", "issued", "issued", "issued", "numbered", "returned", "signed", "submitted",
            "withdrawn",
        ]  # fmt: skip
