"""What a firm and a person get on paper: the outcome with its reason, the certificate."""

from collections.abc import Callable

import pytest
from django.test import Client

from matxich.coaching.actions import courses, papers, selecting
from matxich.coaching.models import Certificate, Participant, Selection
from matxich.coaching.queries.letters import untold
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.queries.composing import compose
from matxich.documents.docx import docx_of
from matxich.kit.refusals import Denied
from matxich.programmes.actions.moves import WrongState
from tests.coaching.world import Made, screening
from tests.conftest import NOW, World
from tests.documents.papers import word_of
from tests.programmes.conftest import People


def text_of(paper: OfficialPaper) -> str:
    return "\n".join(one.text for one in word_of(docx_of(compose(paper))).paragraphs)


def test_each_firm_is_told_its_outcome_with_the_reason(made: Made, people: People) -> None:
    letters = papers.draft_letters(cohort=made.cohort, by=people.owner, at=NOW)
    told = {one.fields["addressee"]: (one.fields["outcome"], one.fields["rank"]) for one in letters}
    assert told == {
        "Cơ khí Một": ("được chọn tham gia", 1), "Đúc Hai": ("được chọn tham gia", 2), "Khuôn Ba": ("dự bị", 3),
    }  # fmt: skip
    assert {(one.kind, one.owner_kind, one.purpose, one.state) for one in letters} == {
        ("selection_letter", "participant", "selection", "draft")
    }
    assert papers.draft_letters(cohort=made.cohort, by=people.owner, at=NOW) == []
    reserve = Participant.objects.get(pk=made.reserve.pk)
    selecting.decline(
        participant=reserve, by=people.head, at=NOW, reason="Đợt đã đủ doanh nghiệp", base_version=reserve.version
    )
    (again,) = papers.draft_letters(cohort=made.cohort, by=people.owner, at=NOW)
    assert (again.fields["outcome"], again.fields["reason"]) == (
        "chưa được chọn trong đợt này",
        "Đợt đã đủ doanh nghiệp",
    )
    assert "Lý do: Đợt đã đủ doanh nghiệp" in text_of(again)
    assert OfficialPaper.objects.filter(kind="selection_letter").count() == 4


def test_a_letter_that_was_dropped_is_written_anew(made: Made, people: People) -> None:
    first = papers.draft_letters(cohort=made.cohort, by=people.owner, at=NOW)[0]
    OfficialPaper.objects.filter(pk=first.pk).update(state="discarded")
    assert [one.letter for one in untold(made.cohort)] == [first.pk]
    (again,) = papers.draft_letters(cohort=made.cohort, by=people.owner, at=NOW)
    assert Selection.objects.get(participant=made.running).letter == again.pk


def test_nobody_is_told_before_the_decision_and_by_whoever_runs_the_round(
    made: Made, people: People, world: World
) -> None:
    with pytest.raises(Denied):
        papers.draft_letters(cohort=made.cohort, by=people.stranger, at=NOW)
    early = screening(people.owner, world, made.agreement, code="NMTM-HP-9")
    with pytest.raises(papers.NothingToWrite):
        papers.draft_letters(cohort=early, by=people.owner, at=NOW)


def test_a_certificate_is_a_paper_once(made: Made, people: People) -> None:
    paper = papers.draft_certificate(certificate=made.certificate, by=people.owner, at=NOW)
    again = papers.draft_certificate(certificate=made.certificate, by=people.colleague, at=NOW)
    assert paper.pk == again.pk == Certificate.objects.get().paper
    text = text_of(paper)
    assert "Lê Học Viên" in text and "01/CN" in text
    with pytest.raises(Denied):
        papers.draft_certificate(certificate=made.certificate, by=people.stranger, at=NOW)
    OfficialPaper.objects.update(state="discarded")
    courses.revoke(certificate=made.certificate, by=people.owner, at=NOW, reason="Cấp nhầm")
    with pytest.raises(WrongState):
        papers.draft_certificate(certificate=made.certificate, by=people.owner, at=NOW)


def test_the_board_drafts_what_is_due(made: Made, world: World, sign_in: Callable[[object], Client]) -> None:
    client = sign_in(world.owner)
    home = f"/dong-hanh/{made.cohort.pk}/"
    assert "Soạn thư kết quả (3)" in client.get(home).content.decode()
    assert client.post(f"{home}thu-ket-qua/").status_code == 302
    assert "Soạn thư kết quả" not in client.get(home).content.decode()
    firm = client.get(f"/dong-hanh/doanh-nghiep/{made.running.pk}/").content.decode()
    paper = OfficialPaper.objects.get(owner_id=str(made.running.pk), kind="selection_letter")
    assert f'href="/van-ban-di/{paper.pk}/"' in firm
    answer = client.post(f"/khoa-hoc/chung-nhan/{made.certificate.pk}/van-ban/")
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/van-ban-di/")
