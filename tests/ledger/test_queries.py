"""Verification names the first thing that is not as it was written; erased people stay erased."""

from datetime import timedelta

import pytest
from django.db import transaction

from matxich.kit.actor import Actor
from matxich.ledger.actions import Subject, erase_subject, publish_digests, record, seal
from matxich.ledger.models import Entry, Seal, SubjectKey
from matxich.ledger.queries import changes, show, verification_as_json, verify, visible_to
from matxich.places.queries import subtree
from tests.guards import lifted, run
from tests.ledger.conftest import AT, PERSON

BY = Actor(kind="system", id="os:test", name="test")
COMMUNE_OF_HAI_PHONG = min(subtree("31") - {"31"})
ENTRY_COLUMNS = {
    "at": "'2026-11-20 03:00:01'",
    "transaction": "77",
    "actor_kind": "'system'",
    "actor_id": "'user:6'",
    "actor_name": "'Khác'",
    "organisation": "'Khác'",
    "action": "'registry.other'",
    "object_kind": "'agency'",
    "object_id": "'99'",
    "object_label": "'Khác'",
    "place": "'75'",
    "reason": "'khác'",
    "before": "'{\"name\": 0}'",
    "after": "'{\"name\": 0}'",
    "personal": '\'{"phone": "0"}\'',
    "subject": "'user:9'",
    "batch": "'b'",
    "rule": "'r'",
    "nonce": "'n'",
    "content_hash": "'c'",
    "mark": "'m'",
}
SEAL_COLUMNS = {
    "seq": "30",
    "entry": "999",
    "entry_hash": "'a'",
    "previous_hash": "'b'",
    "seal_hash": "'c'",
    "at": "'2026-11-20 03:00:01'",
}


def tamper(*statements: str):
    with lifted():
        run(list(statements))
    return verify(at=AT + timedelta(minutes=1))


def test_an_untouched_chain_holds(chain):
    result = verify(at=AT)
    last = Seal.objects.get(seq=5)
    assert verification_as_json(result) == {
        "ok": True,
        "entries": 5,
        "seals": 5,
        "digest": f"5:{last.seal_hash}",
        "first_bad": None,
    }


def test_the_matrix_covers_every_column():
    assert set(ENTRY_COLUMNS) == {field.column for field in Entry._meta.fields} - {"id"}
    assert set(SEAL_COLUMNS) == {field.column for field in Seal._meta.fields}


@pytest.mark.parametrize("column", ENTRY_COLUMNS)
def test_an_altered_entry_is_found(chain, column):
    result = tamper(f'UPDATE ledger_entry SET "{column}" = {ENTRY_COLUMNS[column]} WHERE id = {chain[2]}')
    expected = ("seal", "3") if column == "transaction" else ("entry", str(chain[2]))
    assert (result.ok, (result.first_bad.what, result.first_bad.id)) == (False, expected)


@pytest.mark.parametrize("column", SEAL_COLUMNS)
def test_an_altered_seal_is_found(chain, column):
    result = tamper(f'UPDATE ledger_seal SET "{column}" = {SEAL_COLUMNS[column]} WHERE seq = 3')
    assert not result.ok
    assert result.first_bad.id in {"3", "999", str(chain[2])}


def test_the_first_of_several_faults_is_named(chain):
    result = tamper(f"UPDATE ledger_entry SET reason = 'x' WHERE id IN ({chain[1]}, {chain[3]})")
    assert (result.first_bad.what, result.first_bad.id) == ("entry", str(chain[1]))


def test_a_removed_entry_is_found(chain):
    result = tamper(f"DELETE FROM ledger_entry WHERE id = {chain[1]}")
    assert (result.first_bad.what, result.first_bad.id) == ("entry", str(chain[1]))


def test_a_removed_entry_with_its_seal_is_found(chain):
    result = tamper(f"DELETE FROM ledger_entry WHERE id = {chain[1]}", "DELETE FROM ledger_seal WHERE seq = 2")
    assert (result.first_bad.what, result.first_bad.id) == ("seal", "2")


def columns(model: type, **changed: str) -> tuple[str, str]:
    names = [field.column for field in model._meta.fields]
    quoted = {name: f'"{name}"' for name in names}
    return ", ".join(quoted.values()), ", ".join(changed.get(name, quoted[name]) for name in names)


def test_an_entry_written_straight_into_the_table_is_found(chain):
    into, values = columns(Entry, id="1000", content_hash="'forged'", nonce="'forged'")
    result = tamper(f"INSERT INTO ledger_entry ({into}) SELECT {values} FROM ledger_entry WHERE id = {chain[0]}")
    assert (result.first_bad.what, result.first_bad.id) == ("entry", "1000")


def test_an_entry_with_a_right_hash_but_not_from_this_system_is_found(chain):
    from matxich.ledger.canonical import content_hash

    entry = Entry.objects.get(pk=chain[0])
    entry.nonce = "forged"
    into, values = columns(Entry, id="1000", content_hash=f"'{content_hash(vars(entry))}'", nonce="'forged'")
    result = tamper(f"INSERT INTO ledger_entry ({into}) SELECT {values} FROM ledger_entry WHERE id = {chain[0]}")
    assert (result.first_bad.what, result.first_bad.id) == ("entry", "1000")


def test_a_seal_put_in_between_is_found(chain):
    into, values = columns(Seal, seq="3", entry="500", previous_hash="'x'")
    result = tamper(
        "UPDATE ledger_seal SET seq = seq + 100 WHERE seq >= 3",
        "UPDATE ledger_seal SET seq = seq - 99 WHERE seq >= 103",
        f"INSERT INTO ledger_seal ({into}) SELECT {values} FROM ledger_seal WHERE seq = 2",
    )
    assert (result.first_bad.what, result.first_bad.id) == ("seal", "3")


def test_swapped_entries_are_found(chain):
    a, b = chain[1], chain[3]
    result = tamper(
        f"UPDATE ledger_entry SET id = 9999 WHERE id = {a}",
        f"UPDATE ledger_entry SET id = {a} WHERE id = {b}",
        f"UPDATE ledger_entry SET id = {b} WHERE id = 9999",
    )
    assert (result.first_bad.what, result.first_bad.id) == ("entry", str(a))


def test_swapped_seals_are_found(chain):
    result = tamper(
        "UPDATE ledger_seal SET seq = 99 WHERE seq = 2",
        "UPDATE ledger_seal SET seq = 2 WHERE seq = 4",
        "UPDATE ledger_seal SET seq = 4 WHERE seq = 99",
    )
    assert (result.first_bad.what, result.first_bad.id) == ("seal", "2")


def test_a_cut_tail_is_revealed_by_a_published_code(chain):
    code = verify(at=AT).digest
    cut = (f"DELETE FROM ledger_entry WHERE id = {chain[4]}", "DELETE FROM ledger_seal WHERE seq = 5")
    assert tamper(*cut).ok, "nothing inside the database can tell"
    result = verify(at=AT, expected_digest=code)
    assert (result.ok, result.first_bad.what, result.first_bad.id) == (False, "digest", code)
    assert not verify(at=AT, expected_digest="abc").ok


def test_a_cut_tail_is_revealed_by_the_heads_of_past_days(chain):
    publish_digests(at=AT + timedelta(days=1))
    result = tamper(f"DELETE FROM ledger_entry WHERE id = {chain[4]}", "DELETE FROM ledger_seal WHERE seq = 5")
    assert (result.first_bad.what, result.first_bad.id) == ("digest", "2026-11-20")


def test_a_chain_sealed_anew_does_not_match_the_published_code(chain):
    code = verify(at=AT).digest
    assert tamper("DELETE FROM ledger_seal").ok
    assert not verify(at=AT, expected_digest=code).ok


def test_erasing_a_person_leaves_the_chain_whole(transactional_db):
    with transaction.atomic():
        on = Subject("user", "5", "Ngô Thị Chủ", person="user:5")
        record(by=PERSON, at=AT, action="a", on=on, personal={"phone": "0912345418"}, after={"role": "head"})
    entry = Entry.objects.get()
    stored = f"{entry.actor_name}{entry.object_label}{entry.personal}"
    assert "Ngô" not in stored and "0912345418" not in stored
    (shown,) = show([entry])
    assert (shown.actor_name, shown.object_label) == ("Ngô Thị Chủ", "Ngô Thị Chủ")
    assert [(c.field, c.after, c.erased) for c in changes(entry)] == [
        ("role", "head", False),
        ("phone", "0912345418", False),
    ]
    with transaction.atomic():
        by = Actor(kind="system", id="os:test", name="test")
        assert erase_subject(by=by, at=AT, subject="user:5", reason="Theo yêu cầu của chủ thể dữ liệu") == 1
    (shown,) = show([entry])
    assert (shown.actor_name, shown.object_label) == (None, None)
    assert [(c.field, c.after, c.erased) for c in changes(entry)][1] == ("phone", None, True)
    assert not SubjectKey.objects.filter(subject="user:5").exists()
    seal(at=AT)
    assert verify(at=AT).ok


def test_readers_see_their_places_and_their_own_deeds(world, as_actor):
    people = [world.owner, world.stranger]
    for user, place in zip(people, ("31", "75"), strict=True):
        record(by=as_actor(user), at=AT, action="x", on=Subject("enterprise", "1", "", place))
    record(by=as_actor(world.owner), at=AT, action="x", on=Subject("agency", "1"))

    def seen(user: object) -> int:
        return visible_to(as_actor(user)).count()

    assert [seen(user) for user in world.people.values()] == [2, 1, 1, 3, 3, 0, 0]
    record(by=BY, at=AT, action="x", on=Subject("agency", "2", "", COMMUNE_OF_HAI_PHONG))
    assert [seen(user) for user in world.people.values()] == [3, 2, 1, 4, 4, 0, 0]
