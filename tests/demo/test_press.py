"""The seeds stand in the demo as records: rounds, places on both maps, people certified; nothing invented of anybody
real, nothing measured that no article tells."""

from collections import Counter
from datetime import date

import pytest

from demo.people import fill_people
from demo.press import fill_press
from matxich.coaching.instruments import region_of
from matxich.coaching.models import Cohort, Course, KpiReading, Participant, Person
from matxich.indicators.models import ReportedFigure, Target
from matxich.kit.actor import system_actor
from matxich.places.queries import chain
from matxich.programmes.models import Agreement, AgreementParty, AgreementTarget
from matxich.registry.models import Enterprise
from tests.conftest import NOW

END_2022, AUTUMN, END_2023 = date(2022, 12, 31), date(2023, 9, 14), date(2023, 12, 31)


@pytest.fixture
def filled(db: None) -> None:
    fill_people(by=system_actor(), at=NOW)
    assert fill_press(NOW) is not None


def finished(on: date) -> Counter[str]:
    rows = Participant.objects.filter(closed_on__lte=on).values_list("cohort__region_set", "province_63")
    return Counter(region_of(regions, province) for regions, province in rows)


def test_the_articles_figures_stand_in_records(filled: None) -> None:
    assert fill_press(NOW) is None  # what is there is left alone
    assert finished(END_2022) == {"north": 14, "south": 12}
    assert finished(AUTUMN).total() == 38
    assert finished(END_2023).total() == 52
    one = Participant.objects.filter(cohort__label="1/2023")
    assert Counter(one.values_list("province_63", flat=True)) == {"27": 5, "26": 1, "01": 2, "33": 3, "35": 1}
    assert Counter(one.values_list("province_34", flat=True)) == {"24": 5, "25": 1, "01": 2, "33": 3, "37": 1}
    certified = [Person.objects.filter(certified_on__lte=on).count() for on in (END_2022, AUTUMN, END_2023)]
    assert certified == [51, 87, 123]
    begun = set(Participant.objects.filter(started_on__lte=AUTUMN).values_list("province_63", flat=True))
    assert Counter(region_of("bac-trung-nam", province) for province in begun) == {"north": 5, "south": 4}
    assert set(Cohort.objects.values_list("weeks", flat=True)) == {12}
    assert dict(AgreementTarget.objects.values_list("indicator", "value")) == {"B01": 50, "B05": 100}


def test_each_site_lies_in_one_commune_of_either_map(filled: None) -> None:
    for one in Participant.objects.all():
        assert chain(one.commune_63, AUTUMN)[-1] == one.province_63
        assert chain(one.commune_34)[-1] == one.province_34


def test_who_is_real_carries_what_the_articles_say_and_no_more(filled: None) -> None:
    assert all(name.startswith("DN mẫu") for name in Enterprise.objects.values_list("name", flat=True))
    assert all(name.startswith("Chuyên gia mẫu") for name in Person.objects.values_list("name", flat=True))
    assert not Enterprise.objects.filter(is_demo=False).exists()
    assert set(AgreementParty.objects.values_list("name", flat=True)) == {
        "Bộ Công Thương", "Samsung Việt Nam", "Cục Công nghiệp, Bộ Công Thương", "Sở Công Thương TP. Đà Nẵng",
    }  # fmt: skip
    for kind in (Cohort, Course, Person):
        assert not kind.objects.filter(rebuilt_from="").exists()  # type: ignore[attr-defined]
    assert all("Dựng lại từ bài báo" in note for note in Agreement.objects.values_list("note", flat=True))
    for kind in (Target, ReportedFigure):
        assert not kind.objects.filter(rebuilt=False).exists()  # type: ignore[attr-defined]
        assert not kind.objects.filter(source="").exists()  # type: ignore[attr-defined]
    assert not KpiReading.objects.exists()
