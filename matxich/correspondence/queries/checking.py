"""What anybody may learn of a paper whose code they hold: which it is, and whether their file is the one issued."""

from dataclasses import dataclass
from datetime import date

from matxich.correspondence.models import OfficialPaper, PaperFile
from matxich.correspondence.queries.papers import number_of_paper
from matxich.correspondence.states import PUBLIC, PaperState
from matxich.ledger.models import Entry
from matxich.ledger.queries import of_object, seal_of
from matxich.rulebook.papers.codes import parse_code


@dataclass(frozen=True, slots=True)
class Checked:
    """No subject, no names: a paper may be about a person. `entry`, `seal`: where its issue stands in the history."""

    code: str
    kind_code: str
    number: str
    on: date
    issuer: str
    state: PaperState
    entry: int
    entry_hash: str
    seal: int | None
    replaced_by: str


def check(text: str) -> Checked | None:
    """The issued paper of a code, however it was typed; None where there is none, drafts included."""
    code = parse_code(text)
    paper = OfficialPaper.objects.filter(code=code, state__in=PUBLIC, issued_at__isnull=False).first() if code else None
    if paper is None or paper.dated_on is None:
        return None
    entry = of_object("paper", [str(paper.pk)]).filter(action="paper.issue").first()
    if entry is None:
        return None
    newer = paper.replacements.filter(state=PaperState.ISSUED).first()
    return Checked(
        code=paper.code,
        kind_code=paper.kind,
        number=number_of_paper(paper),
        on=paper.dated_on,
        issuer=paper.issuer,
        state=PaperState(paper.state),
        entry=entry.pk,
        entry_hash=entry.content_hash,
        seal=_seal(entry),
        replaced_by=newer.code if newer else "",
    )


def _seal(entry: Entry) -> int | None:
    found = seal_of(entry)
    return found.seq if found else None


def file_matches(code: str, sha256: str) -> bool:
    """Is a content one of the files kept of the paper: as rendered on issue, as signed, as scanned?"""
    return PaperFile.objects.filter(paper__code=code, sha256=sha256).exists()
