"""`proposals …`: what was handed in and where it waits."""

import pytest

from matxich.proposals.models import Proposal
from tests.proposals.samples import draft, submitted

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_an_answer(run, db):
    empty = run("proposals", "list", "--json")
    assert (empty.code, empty.data) == (1, {"total": 0, "asked": 0, "proposals": []})
    missing = run("proposals", "show", "KHONG-CO", "--json")
    assert (missing.code, missing.data["error"]["code"]) == (2, "no_such_proposal")
    assert run("proposals", "list", "--call", "KHONG-CO", "--json").data["error"]["code"] == "no_such_call"


def test_what_was_handed_in_with_its_steps_and_digest(run, world):
    draft(world)
    code = Proposal.objects.get(pk=submitted(world)["pk"]).code
    told = run("proposals", "list", "--json")
    assert told.code == 0
    (line,) = told.data["proposals"]
    assert (line["code"], line["status"], line["asked"], line["approved"], line["late"]) == (
        code, "checking", 250_000_000, None, False,
    )  # fmt: skip
    assert run("proposals", "list", "--status", "approved").code == 1
    shown = run("proposals", "show", code, "--json")
    assert (shown.code, shown.data["matches"], shown.data["version"]) == (0, True, 1)
    assert [step["gate"] for step in shown.data["gates"]] == ["dossier", "eligibility", "finance", "council"]
    assert shown.data["snapshot"]["title"] == "Đã nộp"


def test_a_version_that_is_not_what_was_handed_in_is_told(run, world, monkeypatch):
    pk = submitted(world)["pk"]
    monkeypatch.setattr("matxich.cli.proposals.digest", lambda snapshot: "0" * 64)
    told = run("proposals", "show", Proposal.objects.get(pk=pk).code)
    assert told.code == 1 and "KHÔNG KHỚP" in told.out
