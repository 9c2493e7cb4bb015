"""An agency's own templates: versions, an older one back, faults by line, nothing kept that cannot be filled."""

import pytest
from django.db import DatabaseError, transaction

from matxich.correspondence.actions.templates import (
    BadLetterhead,
    Head,
    NoSuchVersion,
    NothingChanged,
    change_letterhead,
    change_template,
    restore_template,
)
from matxich.correspondence.kinds import CONTRACTS, declared
from matxich.correspondence.models import Letterhead, PaperTemplate
from matxich.correspondence.queries.composing import sample_paper, template_faults
from matxich.correspondence.queries.templates import field_lines, template_in_use
from matxich.documents.filling import TemplateFault
from matxich.documents.setting import set_out
from matxich.kit.refusals import Denied, Stale
from matxich.ledger.models import Entry
from matxich.rulebook.papers.kinds import CIRCULAR_36, KINDS, REFERENCE
from tests.conftest import NOW
from tests.correspondence.conftest import Hands, drafted

pytestmark = pytest.mark.django_db


def change(hands: Hands, text: str, version: int = 0, **more: object) -> PaperTemplate:
    told = {"agency": hands.agency, "kind": "approval", "note": "thử", "by": hands.head, "at": NOW}
    return change_template(text=text, base_version=version, **told | more)  # type: ignore[arg-type]


def other(hands: Hands, word: str = "Phân công") -> str:
    return template_in_use(hands.agency, "approval").text.replace("Tổ chức thực hiện", word)


@pytest.mark.parametrize("kind", CONTRACTS)
def test_every_packaged_template_fills(hands: Hands, kind: str) -> None:
    assert template_faults(kind, declared(kind).packaged) == []
    shown = set_out(sample_paper(hands.agency, kind, declared(kind).packaged))
    assert shown.kind == KINDS[kind].title.upper()
    assert "{{" not in str(shown)
    assert "{%" not in str(shown)


@pytest.mark.parametrize("kind", CONTRACTS)
def test_a_packaged_template_says_whatever_is_missing(hands: Hands, kind: str) -> None:
    """With every field that may be left open left open."""
    from matxich.correspondence.kinds.fields import read, stored_of, told_by, values_of
    from matxich.correspondence.queries.composing import shape_for
    from matxich.documents.filling import filled
    from matxich.documents.markup import parts_of

    told = stored_of(declared(kind).sample)
    required = {each.name for each in told_by(declared(kind).contract) if each.required}
    value = read(declared(kind).contract, {name: told[name] for name in required})
    common = {"co_quan": "Sở", "chuc_danh_ky": "Giám đốc", "don_vi_soan": ""}
    assert parts_of(filled(declared(kind).packaged, common | values_of(value), shape_for(declared(kind)))).blocks


def test_every_name_a_template_may_use_is_its_own() -> None:
    for kind in CONTRACTS:
        names = [(line.inside, line.name) for line in field_lines(declared(kind).contract)]
        assert len(names) == len(set(names)), kind


def test_forms_say_whose_they_are() -> None:
    assert {code for code, kind in KINDS.items() if kind.source == CIRCULAR_36} == {
        "form_1", "form_2", "form_4a", "form_4b",
    }  # fmt: skip
    assert KINDS["ballot"].source == REFERENCE == "mẫu tham khảo, không phải biểu mẫu chính thức"
    assert "(Mẫu tham khảo, không phải biểu mẫu chính thức)" in declared("ballot").packaged


def test_a_change_is_a_version_and_the_next_draft_uses_it(hands: Hands) -> None:
    made = change(hands, other(hands))
    assert (made.version, made.by) == (1, hands.head.id)
    paper = drafted(hands)
    assert (paper.template_version, "Phân công" in paper.text) == (1, True)
    entry = Entry.objects.get(action="paper_template.change")
    assert (entry.after["version"], entry.place) == (1, "31")


def test_an_older_version_comes_back_as_a_newer(hands: Hands) -> None:
    packaged = template_in_use(hands.agency, "approval").text
    change(hands, other(hands))
    change(hands, other(hands, "x").replace("Phân công", "Giao việc"), 1)
    told = {"agency": hands.agency, "kind": "approval", "by": hands.clerk, "at": NOW}
    third = restore_template(version=1, base_version=2, **told)
    assert (third.version, "Phân công" in third.text) == (3, True)
    fourth = restore_template(version=0, base_version=3, **told)
    assert (fourth.version, fourth.text) == (4, packaged)
    with pytest.raises(NothingChanged):
        restore_template(version=0, base_version=4, **told)
    with pytest.raises(NoSuchVersion):
        restore_template(version=9, base_version=4, **told)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{{ nam }}", "{{ namm }}", "unknown_field"),
        ("[nội dung]", "[noi dung]", "unknown_section"),
        ("{% endfor %}", "", "syntax"),
        ("| tien }}", "| tienn }}", "unknown_filter"),
    ],
)
def test_what_cannot_be_filled_is_not_kept(hands: Hands, old: str, new: str, code: str) -> None:
    text = template_in_use(hands.agency, "approval").text.replace(old, new, 1)
    with pytest.raises(TemplateFault) as refused:
        change(hands, text)
    assert code in {fault.code for fault in refused.value.faults}
    assert not PaperTemplate.objects.exists()


def test_a_template_that_prints_a_wrong_sort_is_not_kept(hands: Hands) -> None:
    with pytest.raises(TemplateFault):
        change(hands, other(hands).replace("{{ nam }}", "{{ nam | ngay }}"))


def test_who_changes_and_from_what(hands: Hands) -> None:
    with pytest.raises(Denied):
        change(hands, other(hands), by=hands.drafter)
    with pytest.raises(Denied):
        change(hands, other(hands), by=hands.foreign_clerk)
    change(hands, other(hands))
    with pytest.raises(Stale):
        change(hands, other(hands, "y"))
    with pytest.raises(NothingChanged):
        change(hands, template_in_use(hands.agency, "approval").text, 1)


def test_a_version_is_never_changed(hands: Hands) -> None:
    change(hands, other(hands))
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperTemplate.objects.update(text="x")


def test_one_agency_s_template_is_not_another_s(hands: Hands) -> None:
    change(hands, other(hands))
    from matxich.accounts.models import Agency

    elsewhere = Agency.objects.exclude(pk=hands.agency.pk).first()
    assert elsewhere is not None
    assert template_in_use(elsewhere, "approval").version == 0


def test_a_letterhead_heads_the_papers_drafted_from_then_on(hands: Hands) -> None:
    before = drafted(hands)
    head = Head(
        issuer="Sở Công Thương", parent="UBND thành phố", abbreviation="SCT", place="Hải Phòng", head="Giám đốc"
    )
    change_letterhead(agency=hands.agency, head=head, by=hands.leader, at=NOW, base_version=1)
    after = drafted(hands)
    before.refresh_from_db()
    assert (before.symbol, after.symbol) == ("QĐ-SCTHP", "QĐ-SCT")
    assert (before.issuer, after.issuer) == ("Sở Công Thương Hải Phòng", "Sở Công Thương")
    with pytest.raises(BadLetterhead):
        change_letterhead(
            agency=hands.agency, head=Head(issuer="", abbreviation="x", place="y", head="z"), by=hands.leader, at=NOW,
            base_version=1,
        )  # fmt: skip
    assert Letterhead.objects.get().version == 1
