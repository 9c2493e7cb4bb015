"""`indicators` from the shell: one figure with its split, records and sentence; the catalogue; a wrong code."""

import pytest

from demo.press import fill_press
from matxich.accounts.models import Agency
from tests.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(run):
    agency = Agency.objects.create(kind="ministry_department", name="Cục mẫu", is_demo=True)
    made = fill_press(NOW, agency)
    return lambda *words: run("indicators", *words, "--agreement", str(made.pk), "--json")


def test_a_figure_with_what_stands_behind_it(told, run):
    done = told("--code", "B01", "--as-of", "2022-12-31", "--by", "region")
    assert done.code == 0
    wanted = {
        "code", "name", "value", "comparator", "unit", "basis", "as_of", "numerator", "denominator", "split", "records",
        "target", "sentence_vi",
    }  # fmt: skip
    assert wanted <= set(done.data)
    assert (done.data["code"], done.data["value"], done.data["comparator"], done.data["as_of"]) == (
        "B01", 26, "=", "2022-12-31",
    )  # fmt: skip
    assert {part["name"]: part["value"] for part in done.data["split"]} == {"Phía Bắc": 14, "Phía Nam": 12}
    assert len(done.data["records"]) == 26 and done.data["target"]["value"] == 50
    assert done.data["sentence_vi"].startswith("Lũy kế đến 31/12/2022, số doanh nghiệp được tư vấn nhà máy thông minh")

    both = [
        told("--code", "B02", "--as-of", "2023-09-14", "--by", "province", "--round", "1/2023", "--boundaries", edition)
        for edition in ("63", "34")
    ]
    assert [{part["name"]: part["value"] for part in one.data["split"]} for one in both] == [
        {"Bắc Ninh": 5, "Vĩnh Phúc": 1, "Hà Nội": 2, "Hưng Yên": 3, "Hà Nam": 1},
        {"Bắc Ninh": 5, "Phú Thọ": 1, "Hà Nội": 2, "Hưng Yên": 3, "Ninh Bình": 1},
    ]
    silent = run("indicators", "--code", "F06", "--as-of", "2022-12-31", "--json")
    assert (silent.code, silent.data["value"]) == (1, None)
    wrong = run("indicators", "--code", "Z99", "--json")
    assert wrong.code != 0 and "Z99" in wrong.out + wrong.err
    listed = run("indicators", "--list", "--json")
    assert listed.code == 0 and "B01" in listed.out
