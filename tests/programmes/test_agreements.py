"""Agreements of two and more: promised figures as the paper says them, joint tasks, the paper itself."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest

from matxich.files.actions import WrongType
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.programmes.actions import agreements as actions
from matxich.programmes.actions.moves import BadEntry, NoReason, WrongState
from matxich.programmes.permissions import may_keep_agreement, may_open_agreement
from matxich.programmes.queries.agreement_pages import agreement_page, agreements_page
from tests.conftest import NOW
from tests.programmes.conftest import TODAY, signed

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def party(name: str, **told):  # type: ignore[no-untyped-def]
    return actions.Party(name=name, role=told.pop("role", "other"), **told)


def target(**changes):  # type: ignore[no-untyped-def]
    told = {"name": "Chuyên gia", "comparator": "≥", "value": Decimal(30), "unit": "người", "source": "Điều 3"}
    return actions.Target(**(told | changes))


def made(world, people, **told):  # type: ignore[no-untyped-def]
    parties = told.pop("parties", (party("Bộ"), party("Sở"), party("Công ty")))
    draft = actions.Draft(title="Biên bản", parties=parties, **told)
    return actions.create_agreement(draft=draft, agency=world.agency, by=people.owner, at=NOW)


def test_three_parties_sign(world, people):
    agreement = signed(world, people)
    assert (agreement.state, agreement.parties.count()) == ("signed", 3)
    page = agreement_page(agreement, TODAY, people.owner)
    assert [(row.comparator, row.value, row.target.unit) for row in page.targets] == [("khoảng", "50", "doanh nghiệp")]
    assert (page.last_day, page.is_over) == (date(2028, 2, 29), False)
    assert agreement_page(agreement, date(2028, 3, 1), people.owner).is_over


def test_what_a_signature_needs(world, people):
    lonely = made(world, people, parties=(party("Bộ"),), signed_on=TODAY, valid_from=TODAY)
    with pytest.raises(actions.TooFewParties):
        actions.sign_agreement(agreement=lonely, by=people.owner, at=NOW, base_version=1)
    for told, field in (
        ({}, "signed_on"), ({"signed_on": TODAY + timedelta(days=1)}, "signed_on"),
        ({"signed_on": TODAY}, "valid_from"),
    ):  # fmt: skip
        agreement = made(world, people, **told)
        with pytest.raises(actions.Unsigned) as refused:
            actions.sign_agreement(agreement=agreement, by=people.owner, at=NOW, base_version=1)
        assert refused.value.field == field
        agreement.refresh_from_db()
        assert agreement.state == "draft"


def test_what_was_signed_is_never_edited(world, people):
    agreement = signed(world, people)
    with pytest.raises(WrongState):
        actions.save_agreement(
            agreement=agreement, draft=actions.Draft(title="Khác", parties=()), by=people.owner, at=NOW, base_version=2
        )
    follower = made(world, people, parent=agreement)
    page = agreement_page(agreement, TODAY, people.owner)
    assert page.followers == [follower]
    with pytest.raises(Stale):
        actions.end_agreement(
            agreement=agreement, ended_on=TODAY, by=people.owner, at=NOW, reason="Hết việc", base_version=1
        )
    with pytest.raises(NoReason):
        actions.end_agreement(agreement=agreement, ended_on=TODAY, by=people.owner, at=NOW, reason="", base_version=2)
    ended = actions.end_agreement(
        agreement=agreement, ended_on=TODAY, by=people.owner, at=NOW, reason="Hết việc", base_version=2
    )
    assert (ended.state, ended.valid_to) == ("ended", TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"parties": (party("A"), party("A"))}, "parties"), ({"parties": (party("A", role="khac"),)}, "parties"),
        ({"parties": (party(" "),)}, "parties"), ({"targets": (target(comparator="~"),)}, "targets"),
        ({"targets": (target(value=Decimal(-1)),)}, "targets"), ({"targets": (target(source=" "),)}, "targets"),
        ({"valid_from": TODAY, "valid_to": TODAY}, "valid_to"),
    ],
)  # fmt: skip
def test_an_agreement_that_cannot_be(world, people, told, field):
    with pytest.raises(BadEntry) as refused:
        made(world, people, **told)
    assert refused.value.field == field


def test_no_circle_of_agreements(world, people):
    first = made(world, people)
    second = made(world, people, parent=first)
    for parent in (first, second):
        draft = actions.Draft(title="x", parties=(), parent=parent)
        with pytest.raises(BadEntry) as refused:
            actions.save_agreement(agreement=first, draft=draft, by=people.owner, at=NOW, base_version=1)
        assert refused.value.field == "parent"


def test_who_keeps_and_who_reads(world, people):
    agreement, draft = signed(world, people), made(world, people)
    keepers = [name for name in people.__dataclass_fields__ if may_keep_agreement(getattr(people, name), agreement)]
    assert keepers == ["owner", "colleague", "head"]
    assert may_open_agreement(people.firm, agreement) and not may_open_agreement(people.firm, draft)
    assert may_open_agreement(people.stranger, agreement)
    with pytest.raises(Denied):
        actions.end_agreement(
            agreement=agreement, ended_on=TODAY, by=people.stranger, at=NOW, reason="x", base_version=2
        )


def test_signatories_are_shown_to_those_who_keep_it(world, people):
    agreement = signed(world, people)
    assert agreement_page(agreement, TODAY, people.owner).parties[0].signatory == "Đỗ Văn Ký"
    assert agreement_page(agreement, TODAY, people.stranger).parties[0].signatory == "Đ•• V•• K••"
    assert not any("Đỗ Văn Ký" in str(entry.after) for entry in Entry.objects.filter(object_kind="agreement"))


def test_joint_tasks_move_along_their_table(world, people):
    agreement = signed(world, people)
    owner = agreement.parties.earliest("order")
    told = {"by": people.owner, "at": NOW}
    task = actions.add_task(agreement=agreement, title="Khảo sát", owner=owner, due=TODAY, note="", **told)
    task = actions.move_task(task=task, event="start", note="", base_version=1, **told)
    task = actions.move_task(task=task, event="finish", note="Đủ 20 nhà máy", base_version=2, **told)
    assert (task.state, task.done_on, task.note) == ("done", TODAY, "Đủ 20 nhà máy")
    with pytest.raises(WrongState):
        actions.move_task(task=task, event="finish", note="", base_version=3, **told)
    task = actions.move_task(task=task, event="resume", note="", base_version=3, **told)
    assert (task.state, task.done_on) == ("doing", None)
    with pytest.raises(Stale):
        actions.move_task(task=task, event="drop", note="", base_version=3, **told)
    other = made(world, people)
    with pytest.raises(BadEntry):
        actions.add_task(agreement=other, title="x", owner=owner, due=None, note="", **told)


def test_the_list_says_what_is_late_and_what_ends_soon(world, people):
    agreement = signed(world, people)
    owner = agreement.parties.earliest("order")
    for title, due in (("a", TODAY - timedelta(days=1)), ("b", TODAY), ("c", None)):
        actions.add_task(agreement=agreement, title=title, owner=owner, due=due, note="", by=people.owner, at=NOW)
    (row,) = agreements_page(TODAY, people.owner).rows
    assert (row.open_tasks, row.late_tasks, row.targets, row.ends_soon) == (3, 1, 1, False)
    assert agreements_page(date(2028, 1, 1), people.owner).rows[0].ends_soon


def test_the_signed_paper(world, people):
    agreement = signed(world, people)
    told = {"agreement": agreement, "by": people.owner, "at": NOW}
    with pytest.raises(WrongType):
        actions.attach_paper(stream=io.BytesIO(b"MZ" + b"\x00" * 64), name="virus.pdf", **told)
    kept = actions.attach_paper(stream=io.BytesIO(PNG), name="ban-ky.png", **told)
    assert (kept.file_name, kept.file.media_type) == ("ban-ky.png", "image/png")
    with pytest.raises(Denied):
        actions.attach_paper(agreement=agreement, stream=io.BytesIO(PNG), name="x.png", by=people.stranger, at=NOW)
