"""The seeds are counted out of records: rounds, provinces on both maps, people certified, provinces begun."""

from collections import Counter
from datetime import date

import pytest

from demo.cohorts import fill_rebuilt_rounds
from demo.people import fill_people
from matxich.coaching.instruments import region_of
from matxich.coaching.models import Certificate, Cohort, Participant, Person
from matxich.kit.actor import system_actor
from matxich.programmes.models import AgreementParty, AgreementTarget
from matxich.registry.models import Enterprise
from tests.conftest import NOW

END_2022, SEPTEMBER, END_2023 = date(2022, 12, 31), date(2023, 9, 14), date(2023, 12, 31)


@pytest.fixture
def filled(db: None) -> None:
    fill_people(by=system_actor(), at=NOW)
    fill_rebuilt_rounds(NOW)


def finished(on: date) -> Counter[str]:
    rows = Participant.objects.filter(closed_on__lte=on).values_list("cohort__region_set", "province_63")
    return Counter(region_of(regions, province) for regions, province in rows)


def test_the_articles_figures_stand_in_records(filled: None) -> None:
    fill_rebuilt_rounds(NOW)
    assert finished(END_2022) == {"north": 14, "south": 12}
    assert finished(SEPTEMBER).total() == 38
    assert finished(END_2023).total() == 52
    round_1 = Participant.objects.filter(cohort__label="1/2023")
    assert Counter(round_1.values_list("province_63", flat=True)) == {"27": 5, "26": 1, "01": 2, "33": 3, "35": 1}
    assert Counter(round_1.values_list("province_34", flat=True)) == {"24": 5, "25": 1, "01": 2, "33": 3, "37": 1}
    certified = [Certificate.objects.filter(issued_on__lte=on).count() for on in (END_2022, SEPTEMBER, END_2023)]
    assert certified == [51, 87, 123]
    begun = set(Participant.objects.filter(started_on__lte=SEPTEMBER).values_list("province_63", flat=True))
    assert Counter(region_of("bac-trung-nam", province) for province in begun) == {"north": 5, "south": 4}
    assert set(Cohort.objects.values_list("weeks", flat=True)) == {12}
    assert dict(AgreementTarget.objects.values_list("indicator", "value")) == {"B01": 50, "B05": 100, "B07": 24}
    # Whoever is real stands in with what the articles say; whoever was supported or taught is invented.
    assert all(name.startswith("DN mẫu") for name in Enterprise.objects.values_list("name", flat=True))
    assert all(name.startswith("Học viên mẫu") for name in Person.objects.values_list("name", flat=True))
    assert set(AgreementParty.objects.values_list("name", flat=True)) == {
        "Bộ Công Thương", "Samsung Việt Nam", "Cục Công nghiệp – Bộ Công Thương", "Sở Công Thương TP. Đà Nẵng",
    }  # fmt: skip
    assert not Cohort.objects.filter(rebuilt_from="").exists()
