"""The sample programmes: they stand, they reconcile, they say they are samples, and are made once."""

from datetime import UTC, datetime

import pytest

from demo.people import fill_people
from demo.programmes import OPEN_CALL, PAST_CALL, fill_programmes
from matxich.kit.actor import system_actor
from matxich.programmes.models import Agreement, Call, Commitment, FundingLine, MoneyEntry, Programme
from matxich.programmes.queries.calls import open_calls
from matxich.programmes.queries.money import walked
from matxich.programmes.states import CallPhase


@pytest.mark.django_db
@pytest.mark.parametrize("month", [1, 5, 11])
def test_samples_in_any_season(month: int) -> None:
    at = datetime(2026, month, 28, 3, tzinfo=UTC)
    fill_people(by=system_actor(), at=at)
    fill_programmes(at)
    fill_programmes(at)
    assert {programme.code: programme.state for programme in Programme.objects.all()} == {
        "KCDP-HP-MAU": "running", "CNHT-HP-MAU": "running", "KCQG-MAU": "draft", "CNHT-BN-MAU": "draft",
    }  # fmt: skip
    assert [call.code for call in open_calls(at)] == [OPEN_CALL]
    assert Call.objects.get(code=PAST_CALL).phase(at) is CallPhase.PAST
    assert all(walked(line.entries.order_by("pk")).agrees_with(line) for line in FundingLine.objects.all())
    assert Programme.objects.get(code="CNHT-BN-MAU").lessons.filter(origin__isnull=False).count() == 2
    assert Agreement.objects.get().parties.count() == 3
    titles = ((Programme, "name"), (Call, "title"), (Commitment, "label"), (FundingLine, "name"))
    named = [name for model, field in titles for name in model.objects.values_list(field, flat=True)]
    assert [name for name in named if "(mẫu)" not in name] == []
    assert MoneyEntry.objects.count() == 6
