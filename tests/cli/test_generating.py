"""`generate` from the shell."""

import pytest

from demo.synthetic.firms import Series
from demo.synthetic.sources import sources
from matxich.cli import generating
from matxich.kit.actor import system_actor
from matxich.registry.actions.generating import generate
from matxich.registry.models import Enterprise
from matxich.registry.search import status
from tests.conftest import NOW
from tests.registry.firm_world import full_firm

pytestmark = pytest.mark.django_db(transaction=True)


def test_firms_are_found_when_it_ends(run):
    done = run("generate", "--enterprises", "70", "--seed", "5", "--json")
    told = done.data
    assert (done.code, told["enterprises"], told["standing"], told["seed"], told["full"]) == (0, 70, 70, 5, False)
    assert told.keys() == {
        *("seed", "full", "enterprises", "statements", "standing", "seconds", "cpu_seconds", "peak_mb", "entry")
    }
    assert "70 / 70" in done.err
    firm = Enterprise.objects.exclude(tax_code=None).latest("id")
    found = run("search", firm.tax_code, "--json").data
    assert [hit["tax_code"] for hit in found["hits"]] == [firm.tax_code]
    assert run("ledger", "verify", "--json").data["ok"] is True
    assert run("registry", "rebuild", "--json").data == {"enterprises": 70, "differences": []}
    again = run("generate", "--enterprises", "70", "--seed", "5")
    assert (again.code, again.out) == (0, "Số gốc 5 đã có 70 doanh nghiệp; không thêm gì.\n")


def test_many_firms_get_an_index_of_their_own(run, monkeypatch):
    monkeypatch.setattr(generating, "ANEW", 20)
    run("generate", "--enterprises", "20", "--seed", "1")
    assert run("search", "", "--json").data["total"] == Enterprise.objects.filter(in_programme=True).count()


def test_what_a_killed_call_left_out_of_the_index_is_put_in_by_the_next(run, monkeypatch):
    run("generate", "--enterprises", "10", "--seed", "1")
    generate(series=Series(1, False), count=30, sources=sources(), by=system_actor(), at=NOW, progress=lambda *_: None)
    monkeypatch.setattr(generating, "ANEW", 20)
    assert status().behind == 20
    assert run("generate", "--enterprises", "30", "--seed", "1", "--json").data["enterprises"] == 0
    assert (status().behind, status().documents) == (0, 30)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--enterprises", "0", "--seed", "1"), "usage"),
        (("--enterprises", "-4", "--seed", "1"), "usage"),
        (("--enterprises", "nhiều", "--seed", "1"), "usage"),
        (("--enterprises", "5", "--seed", "-1"), "usage"),
        (("--enterprises", "5"), "usage"),
        (("--seed", "5"), "usage"),
        (("--enterprises", "1000000000000", "--seed", "1"), "no_room"),
    ],
)
def test_bad_input(run, words, code):
    assert run("generate", *words, "--json").error["code"] == code
    assert Enterprise.objects.count() == 0


def test_beside_real_firms_only_when_asked(run):
    full_firm()
    refused = run("generate", "--enterprises", "3", "--seed", "1")
    assert (refused.code, refused.out) == (2, "")
    assert "--yes" in refused.err
    assert run("generate", "--enterprises", "3", "--seed", "1", "--yes", "--json").data["enterprises"] == 3


def test_stopped_it_says_what_stands(run, monkeypatch):
    def stop(**_):
        raise KeyboardInterrupt

    run("generate", "--enterprises", "30", "--seed", "1")
    monkeypatch.setattr(generating, "generate", stop)
    stopped = run("generate", "--enterprises", "1000", "--seed", "1", "--json")
    assert stopped.error["code"] == "aborted"
    assert stopped.error["message"] == "Đã dừng: 30 trong 1.000 doanh nghiệp đã vào sổ trọn vẹn."
