"""`papers list`, `papers show` and `papers render` from the shell."""

import hashlib

import pytest

from tests.correspondence.conftest import brought, drafted, hands  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def test_papers_are_listed_shown_and_written_out(run, hands, tmp_path):  # noqa: F811
    draft, issued = drafted(hands, "return_letter"), brought(hands, "issued")
    told = run("papers", "list", "--json").data
    assert (told["total"], [one["code"] for one in told["papers"]]) == (2, [issued.code, draft.code])
    only = run("papers", "list", "--state", "issued", "--kind", "approval", "--year", "2026", "--json").data
    assert only["papers"] == [
        {
            "code": issued.code, "kind": "approval", "state": "issued", "number": "01/QĐ-SCTHP", "on": "2026-11-20",
            "issuer": "Sở Công Thương Hải Phòng", "subject": issued.subject, "agency": hands.agency.pk,
            "owner": {"kind": "proposal", "id": "31", "purpose": "decision"}, "replaces": None,
        }
    ]  # fmt: skip
    assert run("papers", "list", "--year", "2001", "--json").code == 1
    shown = run("papers", "show", issued.code.lower(), "--json").data
    assert {file["role"] for file in shown["files"]} == {"pdf", "docx"}
    assert shown["fields"]["year"] == 2027

    kept = run("papers", "render", issued.code, "--out", str(tmp_path), "--json").data
    content = next(tmp_path.glob("*.pdf")).read_bytes()
    assert (kept["kept"], kept["bytes"]) == (True, len(content))
    assert hashlib.sha256(content).hexdigest() == issued.files.get(role="pdf").sha256
    made = run("papers", "render", draft.code, "--format", "docx", "--out", str(tmp_path / "x.docx"), "--json").data
    assert (made["kept"], (tmp_path / "x.docx").read_bytes()[:2]) == (False, b"PK")


def test_what_is_not_there_is_said(run, db):
    assert run("papers", "show", "7K2Q-91AV-44D8", "--json").data["error"]["code"] == "no_such_paper"
    assert run("papers", "render", "x", "--json").code == 2
