"""Two records become one and two again: statements stay, identifiers follow, both come back exactly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matxich.accounts.personal_data import actions as desk
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.registry import search
from matxich.registry.actions import (
    AlreadyMerged,
    LaterMergeFirst,
    NotInRegister,
    NotMerged,
    SameRecord,
    TaxCodeTaken,
    UnitOfTheOther,
    create_enterprise,
    import_list,
    merge_enterprises,
    publish,
    read_list,
    rebuild,
    set_mapping,
    source_named,
    stage,
    state_fact,
    undo_import,
    unmerge_enterprises,
    upload_list,
    withdraw_statement,
)
from matxich.registry.actions.projecting import COLUMNS
from matxich.registry.models import Enterprise, Import, ImportRow, Merge, Statement
from matxich.registry.queries import enterprise_by_registry_id, history, passport, visible_enterprises
from matxich.registry.search import Query
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.registry.firm_world import AS_OF, FACTS, SYSTEM, full_firm, say, told_by

pytestmark = pytest.mark.django_db
OTHER_CODE = "9991274614"
LATER = NOW + timedelta(days=3)


def twin(**facts):
    """The same firm, written down once more elsewhere."""
    told = {"name": "Cty Bình Minh", "address": "Phường An Dương, Hải Phòng", "workers": "120", "products": "Ê tô"}
    made = create_enterprise(
        facts=told | facts, source=told_by("Ban quản lý khu công nghiệp"), as_of=AS_OF, by=SYSTEM, at=NOW, reason="x"
    )
    return Enterprise.objects.get(pk=made.pk)


@pytest.fixture
def pair(db):
    return full_firm(), twin()


def merge(kept, merged, by=SYSTEM, at=LATER, **versions):
    kept.refresh_from_db()
    merged.refresh_from_db()
    known = {"kept_version": kept.version, "merged_version": merged.version} | versions
    return merge_enterprises(kept=kept, merged=merged, by=by, at=at, reason="Cùng giấy đăng ký", **known)


def unmerge(made, by=SYSTEM, **more):
    made.kept.refresh_from_db()
    known = {"kept_version": made.kept.version} | more
    return unmerge_enterprises(merge=made, by=by, at=LATER + timedelta(days=2), reason="Hai pháp nhân", **known)


def stood(*firms):
    return list(Enterprise.objects.filter(pk__in=[f.pk for f in firms]).order_by("id").values("id", "kind", *COLUMNS))


def found(text):
    assert search.catch_up()
    return [pk for pk, _score in search.search(Query(text, sort="name")).hits]


def test_the_kept_record_adds_up_both_and_undoing_restores_both_exactly(pair):
    kept, merged = pair
    before, statements = stood(*pair), list(Statement.objects.order_by("id").values())
    made = merge(kept, merged)
    kept.refresh_from_db()
    assert [item for item, _told in kept.passport["products"]["m"]] == ["Khuôn dập", "đồ gá", "Ê tô"]
    assert len(kept.passport["workers"]["o"]) == 1
    assert kept.name == FACTS["name"]
    assert list(Statement.objects.order_by("id").values()) == statements
    assert list(visible_enterprises()) == [kept]
    assert rebuild(by=SYSTEM, at=LATER).found == []
    assert unmerge(made).pk == merged.pk
    assert stood(*pair) == before
    assert list(Statement.objects.order_by("id").values()) == statements
    assert rebuild(by=SYSTEM, at=LATER).found == []


@pytest.mark.parametrize("code", [None, OTHER_CODE])
def test_the_tax_code_follows_and_comes_back(code):
    kept = twin(**({"tax_code": code} if code else {}))
    merged = full_firm()
    before = stood(kept, merged)
    made = merge(kept, merged)
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (merged.tax_code, made.tax_code) == (None, FACTS["tax_code"])
    assert kept.tax_code == FACTS["tax_code"]  # better backed than what the other was told by
    with pytest.raises(TaxCodeTaken, match=make_registry_id(kept.pk)):
        create_enterprise(
            facts={"name": "Khác", "tax_code": FACTS["tax_code"]}, source=told_by(), as_of=AS_OF, by=SYSTEM, at=LATER
        )
    assert rebuild(by=SYSTEM, at=LATER).found == []
    unmerge(made)
    assert stood(kept, merged) == before


@pytest.mark.django_db(transaction=True)
def test_identifiers_and_search_lead_to_one(pair):
    kept, merged = pair
    both = sorted([kept.pk, merged.pk])
    assert sorted(found("binh minh")) == both
    made = merge(kept, merged)
    assert enterprise_by_registry_id(make_registry_id(merged.pk)).pk == kept.pk
    asked = ("binh minh", "cty binh minh", "e to", make_registry_id(kept.pk), make_registry_id(merged.pk))
    assert [found(text) for text in asked] == [[kept.pk]] * 5
    unmerge(made)
    assert enterprise_by_registry_id(make_registry_id(merged.pk)).pk == merged.pk
    assert sorted(found("binh minh")) == both


def test_both_records_tell_of_it_in_the_ledger(pair):
    made = merge(*pair)
    unmerge(made)
    ids = [make_registry_id(firm.pk) for firm in pair]
    told = list(Entry.objects.filter(action__endswith="merge").order_by("id").values_list("action", "object_id"))
    assert told == [(action, one) for action in ("enterprise.merge", "enterprise.unmerge") for one in ids]
    entry = Entry.objects.filter(action="enterprise.merge").first()
    assert (entry.reason, entry.after["kept"], entry.after["merged"]) == ("Cùng giấy đăng ký", *ids)
    made.refresh_from_db()
    assert (made.reason, made.undone_at) == ("Cùng giấy đăng ký", LATER + timedelta(days=2))


def test_history_is_of_both_and_an_earlier_day_is_of_one(pair):
    kept, merged = pair
    merge(kept, merged, at=timezone.now())
    assert {one.enterprise_id for one in history(kept)} == {kept.pk, merged.pk}
    then = passport(kept, actor=SYSTEM, on=timezone.localdate(NOW)).row("product")
    now = passport(kept, actor=SYSTEM).row("product")
    assert ([fact.text for fact in then.facts], len(now.facts)) == (["Khuôn dập", "đồ gá"], 3)


def test_refusals(pair):
    kept, merged = pair
    with pytest.raises(SameRecord):
        merge(kept, kept)
    for side in ("kept_version", "merged_version"):
        with pytest.raises(Stale):
            merge(kept, merged, **{side: 99})
    unit = twin(name="Chi nhánh Bình Minh")
    Enterprise.objects.filter(pk=unit.pk).update(parent=kept)
    with pytest.raises(UnitOfTheOther):
        merge(kept, unit)
    third = twin(name="Bình Minh thứ ba")
    first = merge(kept, merged)
    for one, other in ((third, merged), (merged, third)):
        with pytest.raises(AlreadyMerged):
            merge(one, other)
    with pytest.raises(Stale):
        unmerge(first, kept_version=1)
    later = merge(third, kept)
    with pytest.raises(LaterMergeFirst):
        unmerge(first)
    with pytest.raises(NotInRegister, match="đã gộp"):
        say(kept, "workers", "3")
    unmerge(later)
    unmerge(first)
    with pytest.raises(NotMerged):
        unmerge(first)


def test_a_record_out_of_the_register_is_not_merged(pair, write_list):
    import_list(write_list(("Công ty TNHH Sẽ Đi", "", "Huế", "", "", "")), source_name="Sở", by=SYSTEM, at=NOW)
    gone = Enterprise.objects.latest("id")
    undo_import(batch=Import.objects.get(), by=SYSTEM, at=NOW, reason="thử")
    with pytest.raises(NotInRegister, match="không còn trong sổ"):
        merge(pair[0], gone)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *(("owner", True), ("colleague", True), ("ministry", True)),
        *(("stranger", False), ("administrator", False), ("viewer", False), ("enterprise", False)),
    ],
)
def test_only_who_decides_in_both_places(pair, world, as_actor, who, may):
    by = as_actor(getattr(world, who))
    if not may:
        with pytest.raises(Denied):
            merge(*pair, by=by)
        made = merge(*pair)
        with pytest.raises(Denied):
            unmerge(made, by=by)
        return
    made = merge(*pair, by=by)
    assert Merge.objects.get().by == by.id
    unmerge(made, by=by)


def test_a_record_elsewhere_is_not_the_owners_to_merge(pair, world, as_actor):
    far = twin(address="Phường Bắc Giang, Bắc Ninh")
    for one, other in ((pair[0], far), (far, pair[0])):
        with pytest.raises(Denied):
            merge(one, other, by=as_actor(world.owner))
    merge(pair[0], far, by=as_actor(world.ministry))


# What comes and goes afterwards.


def test_lists_find_the_kept_record_by_what_the_other_was_known_by(pair, write_list):
    kept, merged = pair
    say(merged, "tax_code", OTHER_CODE)
    made = merge(kept, merged)
    rows = [("Tên hoàn toàn khác", OTHER_CODE, "", "", "130", ""), ("Cty Bình Minh", "", pairs_place(), "", "140", "")]
    report = import_list(write_list(*rows), source_name="Hội", by=SYSTEM, at=LATER)
    assert (report["linked"], report["new"], report["queued"]) == (2, 0, 0)
    assert set(ImportRow.objects.values_list("enterprise", flat=True)) == {kept.pk}
    assert rebuild(by=SYSTEM, at=LATER).found == []
    unmerge(made)
    assert rebuild(by=SYSTEM, at=LATER).found == []


def pairs_place():
    return "Phường An Dương, Hải Phòng"


def listed(write_list, name, *rows):
    """Two lists tell of two firms: each in sight by its own."""
    report = import_list(write_list(*rows, name=name), source_name=name, by=SYSTEM, at=NOW)
    assert report["new"] == len(rows)
    return Import.objects.latest("id"), Enterprise.objects.latest("id")


@pytest.mark.django_db(transaction=True)
def test_undoing_the_list_of_either_leaves_what_the_other_says(write_list):
    first, kept = listed(write_list, "a.csv", ("Công ty TNHH Một", "", "Huế", "", "10", ""))
    second, merged = listed(write_list, "b.csv", ("Công ty TNHH Hai", "", "Huế", "", "20", ""))
    made = merge(kept, merged)
    undo_import(batch=first, by=SYSTEM, at=LATER, reason="thử")
    kept.refresh_from_db()
    assert (list(visible_enterprises()), kept.name, kept.workers) == ([kept], "Công ty TNHH Hai", 20)
    assert found("cong ty hai") == [kept.pk]
    assert rebuild(by=SYSTEM, at=LATER).found == []
    unmerge(made)
    assert list(visible_enterprises()) == [merged]
    assert rebuild(by=SYSTEM, at=LATER).found == []
    undo_import(batch=second, by=SYSTEM, at=LATER, reason="thử")
    assert list(visible_enterprises()) == []


@pytest.mark.django_db(transaction=True)
def test_undoing_the_list_of_the_one_merged_away(write_list):
    _first, kept = listed(write_list, "a.csv", ("Công ty TNHH Một", "", "Huế", "", "10", ""))
    second, merged = listed(write_list, "b.csv", ("Công ty TNHH Hai", "", "Huế", "", "20", ""))
    before = stood(kept)
    made = merge(kept, merged)
    undo_import(batch=second, by=SYSTEM, at=LATER, reason="thử")
    assert stood(kept) == before
    assert found("cong ty mot") == [kept.pk]
    unmerge(made)
    assert list(visible_enterprises()) == [kept]
    assert rebuild(by=SYSTEM, at=LATER).found == []


def test_both_gone_with_the_list_that_brought_both(write_list):
    rows = [("Công ty TNHH Một", "", "Huế", "", "10", ""), ("Công ty TNHH Hai", "", "Huế", "", "20", "")]
    batch, merged = listed(write_list, "a.csv", *rows)
    merge(Enterprise.objects.exclude(pk=merged.pk).get(), merged)
    undo_import(batch=batch, by=SYSTEM, at=LATER, reason="thử")
    assert list(visible_enterprises()) == []
    assert rebuild(by=SYSTEM, at=LATER).found == []


def test_a_list_staged_before_and_published_after(pair, write_list):
    kept, merged = pair
    say(merged, "tax_code", OTHER_CODE)
    path = write_list(("Bình Minh hai", OTHER_CODE, "", "", "777", ""))
    batch = upload_list(
        source=source_named(name="Hội", by=SYSTEM, at=NOW), path=path, name="x.csv", by=SYSTEM, at=NOW, as_of=NOW.date()
    )
    batch, _reading = read_list(batch=batch, by=SYSTEM, at=NOW)
    batch = stage(batch=set_mapping(batch=batch, choices={}, by=SYSTEM, at=NOW), by=SYSTEM, at=NOW)
    made = merge(kept, merged)
    publish(batch=batch, by=SYSTEM, at=LATER)
    kept.refresh_from_db()
    assert kept.workers == 777
    assert rebuild(by=SYSTEM, at=LATER).found == []
    unmerge(made)
    merged.refresh_from_db()
    assert (merged.workers, merged.tax_code) == (777, OTHER_CODE)
    assert rebuild(by=SYSTEM, at=LATER).found == []


def test_a_fact_told_of_either_is_corrected_on_the_kept_record(pair):
    kept, merged = pair
    before = stood(*pair)
    made = merge(kept, merged)
    kept.refresh_from_db()
    wrong = Statement.objects.get(enterprise=merged, field="workers")
    withdraw_statement(statement=wrong, by=SYSTEM, at=LATER, base_version=kept.version, reason="sai")
    kept.refresh_from_db()
    assert "o" not in kept.passport["workers"]
    state_fact(
        enterprise=kept, field="products", value="Bu lông", source=told_by(), as_of=AS_OF, by=SYSTEM, at=LATER,
        base_version=kept.version, replaces=True,
    )  # fmt: skip
    kept.refresh_from_db()
    assert [item for item, _told in kept.passport["products"]["m"]] == ["Bu lông"]
    unmerge(made)
    merged.refresh_from_db()
    assert "workers" not in merged.passport
    assert [item for item, _told in merged.passport["products"]["m"]] == ["Ê tô"]
    assert rebuild(by=SYSTEM, at=LATER).found == []
    assert before != stood(*pair)


def test_erasing_a_contact_reaches_both(pair):
    kept, merged = pair
    say(merged, "phone", "0966 555 444")
    made = merge(kept, merged)
    desk.erase_person(by=SYSTEM, at=LATER, subject=f"enterprise:{merged.pk}", reason="thử")
    text = str([list(table.objects.values()) for table in (Enterprise, Statement)])
    assert "0966" not in text and "345 678" not in text
    unmerge(made)
    assert rebuild(by=SYSTEM, at=LATER).found == []
