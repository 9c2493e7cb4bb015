"""`law …`: figures, and what agencies record of them, from the shell."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

BY = ("--by", "owner@matxich.test")
OTHER = ("--by", "colleague@matxich.test")
OWN = (
    "law", "propose", "KC-12", "--kind", "add", "--layer", "province:31", "--value", "share=60", "--value",
    "cap=400 triệu", "--from", "2026-03-10", "--new", "resolution", "12/2026/NQ-HĐND", "HĐND Hải Phòng", "Mức chi",
    "--at", "Điều 2", "--reason", "Nghị quyết mới", "--json",
)  # fmt: skip


def test_a_figure_is_proposed_decided_and_told(run, world):
    waiting = run("law", "figures", "san xuat sach hon", "--json").data
    assert [one["id"] for one in waiting["figures"]] == ["KC-13"]
    made = run(*OWN, *BY)
    assert (made.code, made.data["state"], made.data["changes"]["days"][0]) == (0, "proposed", "2026-03-10")
    number = str(made.data["act"])
    own = run("law", "decide", number, "--accept", *BY, "--json")
    assert (own.code, own.data["error"]["code"]) == (2, "denied")
    done = run("law", "decide", number, "--accept", *OTHER, "--json")
    assert (done.data["state"], done.data["decided_agency"]) == ("in_force", "Sở Công Thương Hải Phòng")
    assert done.data["rules_version"] != waiting["rules_version"]
    told = run("law", "figures", "KC-12", "--all", "--json").data["figures"][0]["rows"][-1]
    assert (told["layer"], told["value"], told["confirmed_by"][:9]) == (
        "province:31", {"share": "60%", "cap": 400_000_000}, "Sở Công T",
    )  # fmt: skip
    assert [one["act"] for one in run("law", "acts", "--state", "in_force", "--json").data["acts"]] == [int(number)]
    assert run("ledger", "verify", "--json").data["ok"] is True


def test_a_proposal_is_refused_with_a_reason_or_withdrawn(run, world):
    number = str(run(*OWN, *BY).data["act"])
    assert run("law", "decide", number, "--refuse", *OTHER, "--json").data["error"]["code"] == "no_reason"
    assert run("law", "decide", number, "--refuse", "--reason", "Sai điều", *OTHER, "--json").data["state"] == "refused"
    number = str(run(*OWN, *BY).data["act"])
    assert run("law", "withdraw", number, *BY, "--json").data["state"] == "withdrawn"
    assert run("law", "acts", "--state", "in_force", "--json").code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("law", "propose", "KC-99", "--kind", "add", "--reason", "x", *BY), "no_such_figure"),
        (("law", "propose", "KC-12", "--kind", "add", "--value", "x=1", "--reason", "x", *BY), "bad_value"),
        (("law", "propose", "KC-12", "--kind", "add", "--value", "cap=nhiều", "--reason", "x", *BY), "bad_value"),
        (("law", "propose", "KC-12", "--kind", "add", "--reason", "x", "--by", "ai@matxich.test"), "no_such_person"),
        (("law", "propose", "KC-12", "--kind", "add", "--value", "cap=1", "--from", "2026-09-01", "--instrument",
          "tt-28-2018-btc", "--reason", "x", *BY), "denied"),
        (("law", "decide", "99", "--accept", *BY), "no_such_act"),
        ((*OWN[:7], "--from", "2026-09-01", "--reason", "x", *BY), "does_not_fit"),
    ],
)  # fmt: skip
def test_slips_are_named(run, world, words, code):
    told = run(*words, "--json")
    assert (told.code, told.data["error"]["code"]) == (2, code)
