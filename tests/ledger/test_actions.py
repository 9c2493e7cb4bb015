"""One entry per decision, in the transaction of the decision, with a hash anybody can recompute."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from matxich.accounts.states import Role
from matxich.kit.actor import Actor
from matxich.ledger import canonical
from matxich.ledger.actions import Draft, Subject, record, record_many
from matxich.ledger.models import Entry, Seal

AT = datetime(2026, 11, 20, 3, 0, 0, 120, tzinfo=UTC)
SYSTEM = Actor(kind="system", id="os:test", name="test")
ON = Subject("enterprise", "7", "Công ty mẫu", "31")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text() | st.decimals(allow_nan=False)
    | st.floats(allow_nan=False) | st.datetimes(timezones=st.timezones()) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def test_an_entry_keeps_who_what_when_why_before_after(db):
    made = record(
        by=SYSTEM,
        at=AT,
        action="registry.rename",
        on=ON,
        before={"name": "A", "on": date(2026, 1, 2)},
        after={"name": "B", "capital": Decimal("1800000000"), "role": Role.HEAD},
        reason="Theo giấy chứng nhận mới",
        batch="import:3",
        rule="names/1",
    )
    stored = Entry.objects.get()
    assert (stored.at, stored.action, stored.object_id, stored.place) == (AT, "registry.rename", "7", "31")
    assert stored.before == {"name": "A", "on": "2026-01-02"}
    assert stored.after == {"name": "B", "capital": "1800000000", "role": "head"}
    assert stored.content_hash == made.content_hash == canonical.content_hash(vars(stored))


def test_the_documented_recipe_gives_the_documented_hash():
    value = canonical.plain({"b": [Decimal("1.50"), None, True], "a": "Đồng\x00", "đ": AT})
    assert canonical.dumps(value) == '{"a":"Đồng␀","b":["1.50",null,true],"đ":"2026-11-20T03:00:00.000120Z"}'
    assert canonical.digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_an_instant_is_the_same_in_every_zone():
    there = AT.astimezone(timezone(timedelta(hours=7)))
    assert canonical.plain(there) == canonical.plain(AT) == "2026-11-20T03:00:00.000120Z"


@given(json_values)
def test_the_plain_form_is_its_own_plain_form_and_survives_json(value):
    import json

    once = canonical.plain(value)
    assert canonical.plain(once) == once
    assert canonical.dumps(json.loads(canonical.dumps(once))) == canonical.dumps(once)


@pytest.mark.django_db
@given(st.dictionaries(st.text(), json_values, max_size=4))
def test_the_database_gives_the_same_bytes_back(payload):
    with transaction.atomic():
        made = record(by=SYSTEM, at=AT, action="x", on=ON, after=payload)
        assert canonical.content_hash(vars(Entry.objects.get(pk=made.pk))) == made.content_hash


def test_history_has_no_place_for_a_thing_it_cannot_keep(db):
    with pytest.raises(TypeError, match="cannot keep a value of type Entry"):
        record(by=SYSTEM, at=AT, action="x", on=ON, after={"entry": Entry()})


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(transaction.TransactionManagementError):
        record(by=SYSTEM, at=AT, action="x", on=ON)
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_decision_undone_leaves_no_entry():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(by=SYSTEM, at=AT, action="x", on=ON)
        raise ZeroDivisionError
    assert Entry.objects.count() == 0


def test_many_entries_are_written_in_order(db):
    drafts = (Draft(by=SYSTEM, at=AT, action="row", on=Subject("row", str(n))) for n in range(4_500))
    assert record_many(drafts) == 4_500
    assert list(Entry.objects.values_list("object_id", flat=True)) == [str(n) for n in range(4_500)]


CHANGES = [
    "UPDATE ledger_entry SET reason = 'x'",
    "DELETE FROM ledger_entry",
    "UPDATE ledger_seal SET seq = 9",
    "DELETE FROM ledger_seal",
]
BY_VENDOR = {
    "postgresql": ["TRUNCATE ledger_entry", "TRUNCATE ledger_seal"],
    "sqlite": [
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry",
        "INSERT OR REPLACE INTO ledger_seal SELECT * FROM ledger_seal",
    ],
}


def test_the_database_refuses_to_change_history(db):
    record(by=SYSTEM, at=AT, action="x", on=ON)
    Seal.objects.create(seq=1, entry=1, entry_hash="a", previous_hash="b", seal_hash="c", at=AT)
    for change in CHANGES + BY_VENDOR[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert (Entry.objects.count(), Seal.objects.count()) == (1, 1)
