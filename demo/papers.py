"""Papers of the invented department in every state, through the real actions: what it says is the kinds' own sample."""

from datetime import datetime, timedelta

from django.utils import timezone

from matxich.accounts.models import Agency, User
from matxich.accounts.queries import person
from matxich.correspondence.actions.drafting import Owner, Signing, draft_paper, give_back, submit
from matxich.correspondence.actions.issuing import issue, withdraw
from matxich.correspondence.actions.numbering import number
from matxich.correspondence.actions.signing import initial, sign
from matxich.correspondence.actions.templates import Head, change_letterhead
from matxich.correspondence.kinds import declared
from matxich.correspondence.models import Letterhead, OfficialPaper
from matxich.correspondence.states import PaperState
from matxich.kit.actor import Actor

DEPUTY = Signing(signed_as="KT.", signing_for="Giám đốc", position="Phó Giám đốc")
UNTIL = (
    ("council_founding", PaperState.ISSUED, 30), ("council_plan", PaperState.ISSUED, 26),
    ("return_letter", PaperState.ISSUED, 18), ("refusal_letter", PaperState.WITHDRAWN, 15),
    ("council_minutes", PaperState.NUMBERED, 6), ("submission", PaperState.SIGNED, 4),
    ("approval", PaperState.INITIALLED, 3), ("form_4a", PaperState.SUBMITTED, 2), ("form_1", PaperState.DRAFT, 1),
    ("return_letter", PaperState.RETURNED, 1),
)  # fmt: skip


def fill_papers(at: datetime) -> None:
    """Idempotent: what is there is left alone."""
    agency = Agency.objects.filter(is_demo=True, kind="provincial_department", place="31", valid_to=None).first()
    if agency is None or OfficialPaper.objects.filter(agency=agency).exists():
        return
    if not Letterhead.objects.filter(agency=agency).exists():
        head = Head(
            issuer="Sở Công Thương (mẫu)", parent="UBND thành phố Hải Phòng", abbreviation="SCT", place="Hải Phòng",
            head="Giám đốc", deputy="Phó Giám đốc",
        )  # fmt: skip
        change_letterhead(agency=agency, head=head, by=_actor("hp.vanthu", at), at=at, base_version=1)
    for kind, state, days in UNTIL:
        _bring(agency, kind, state, at - timedelta(days=days), now=at)


def _bring(agency: Agency, kind: str, until: PaperState, at: datetime, *, now: datetime) -> None:
    """From the draft to the state asked for, each step by who takes it; their roles are those of today."""
    officer, head = _actor("hp.chuyenvien", now), _actor("hp.truongphong", now)
    leader, clerk = _actor("hp.lanhdao", now), _actor("hp.vanthu", now)
    paper = draft_paper(
        owner=Owner(), agency=agency, kind=kind, fields=declared(kind).sample, by=officer, at=at, signing=DEPUTY,
        unit="QLCN",
    )  # fmt: skip
    if until == PaperState.DRAFT:
        return
    paper = submit(paper=paper, by=officer, at=at, base_version=paper.version)
    if until == PaperState.RETURNED:
        reason = "Ghi rõ hạn nộp lại và người liên hệ (mẫu)."
        give_back(paper=paper, reason=reason, by=head, at=at, base_version=paper.version)
        return
    if until == PaperState.SUBMITTED:
        return
    paper = initial(paper=paper, by=head, at=at, base_version=paper.version)
    if until == PaperState.INITIALLED:
        return
    paper = sign(paper=paper, by=leader, at=at, base_version=paper.version)
    if until == PaperState.SIGNED:
        return
    paper = number(paper=paper, by=clerk, at=at, base_version=paper.version, on=timezone.localdate(at))
    if until == PaperState.NUMBERED:
        return
    paper = issue(paper=paper, by=clerk, at=at, base_version=paper.version)
    if until == PaperState.WITHDRAWN:
        withdraw(paper=paper, reason="Ban hành nhầm bản cũ (mẫu).", by=leader, at=at, base_version=paper.version)


def _actor(local: str, at: datetime) -> Actor:
    return person(User.objects.get(email=f"{local}@matxich.example"), timezone.localdate(at))
