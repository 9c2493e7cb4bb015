"""`registry merge` and `registry unmerge` from the shell."""

import pytest

from matxich.registry.models import Enterprise, Merge
from matxich.rulebook.identifiers import make_registry_id
from tests.registry.firm_world import full_firm, say
from tests.registry.test_merging import twin

pytestmark = pytest.mark.django_db(transaction=True)


def test_merged_and_separated(run):
    kept, merged = full_firm(), twin()
    say(merged, "workers", "120")
    ids = make_registry_id(kept.pk), make_registry_id(merged.pk)
    done = run("registry", "merge", *ids, "--reason", "Cùng giấy đăng ký", "--json")
    made = Merge.objects.get()
    told = {"kept": ids[0], "merged": ids[1], "conflicts": ["address", "name", "workers"], "merge": made.pk}
    assert (done.code, done.data) == (0, told)
    assert made.reason == "Cùng giấy đăng ký"
    again = run("registry", "merge", *ids, "--reason", "x", "--json")
    assert again.error["code"] == "already_merged"
    back = run("registry", "unmerge", ids[1], "--reason", "Hai pháp nhân", "--json")
    assert (back.code, back.data) == (0, {"kept": ids[0], "separated": ids[1], "merge": made.pk})
    assert Enterprise.objects.filter(merged_into__isnull=False).count() == 0
    assert run("ledger", "verify", "--json").data["ok"] is True


def test_bad_input(run):
    kept = make_registry_id(full_firm().pk)
    errors = {
        ("merge", kept, "MX-000000-1", "--reason", "x"): "no_such_enterprise",
        ("merge", kept, kept, "--reason", "x"): "same_record",
        ("merge", kept, kept, "--reason", " "): "no_reason",
        ("unmerge", kept, "--reason", "x"): "not_merged",
    }
    assert {words: run("registry", *words, "--json").error["code"] for words in errors} == errors
    assert run("registry", "merge", kept, kept, "--json").code == 2
