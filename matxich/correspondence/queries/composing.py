"""From what a paper is told to what it looks like: one value for the screen, for Word and for PDF."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse

from matxich.accounts.models import Agency
from matxich.correspondence.kinds import Declared, declared
from matxich.correspondence.kinds.fields import read, values_of
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.queries.heads import letterhead_of
from matxich.correspondence.states import PUBLIC, SignedAs
from matxich.documents.filling import Fault, faults_of, filled
from matxich.documents.markup import Parts, parts_of
from matxich.documents.paper import Paper, Signature
from matxich.rulebook.papers.kinds import symbol_of

COMMON = ("co_quan", "chuc_danh_ky", "don_vi_soan")
"""What every template may use besides its kind's own fields: who issues, who heads it, which unit drafted."""


def shape_for(kind: Declared) -> dict[str, Any]:
    return dict.fromkeys(COMMON) | kind.shape


def template_faults(code: str, text: str) -> list[Fault]:
    """What is wrong with a template: found without values first, then by filling it with the sample."""
    kind = declared(code)
    if faults := faults_of(text, shape_for(kind)):
        return faults
    return []


def compose(paper: OfficialPaper, *, final: bool = False) -> Paper:
    """`final`: as it is being issued, no longer marked as a draft. Raises TemplateFault, BadFields, Unprintable."""
    kind = declared(paper.kind)
    head = letterhead_of(paper.agency)
    common = {"co_quan": paper.issuer, "chuc_danh_ky": head.head, "don_vi_soan": paper.unit}
    parts = _parts(kind, paper.text, common, read(kind.contract, paper.fields))
    return replace(
        _laid(parts),
        kind=kind.kind.title,
        issuer=paper.issuer,
        parent=paper.parent,
        number=paper.number,
        elsewhere=paper.elsewhere,
        symbol=paper.symbol,
        is_numbered=bool(kind.kind.series),
        place=paper.place,
        on=paper.dated_on,
        year=paper.drafted_at.year,
        signatures=parts.signatures or (_signature(paper),),
        code=paper.code,
        check_url=check_url(paper.code),
        draft=not final and paper.state not in PUBLIC,
    )


def sample_paper(agency: Agency, code: str, text: str, *, code_shown: str = "") -> Paper:
    """What a template of an agency makes of the sample. Raises TemplateFault, Unprintable."""
    kind, head = declared(code), letterhead_of(agency)
    common = {"co_quan": head.issuer, "chuc_danh_ky": head.head, "don_vi_soan": ""}
    parts = _parts(kind, text, common, kind.sample)
    return replace(
        _laid(parts),
        kind=kind.kind.title,
        issuer=head.issuer,
        parent=head.parent,
        symbol=symbol_of(kind.kind, head.abbreviation),
        is_numbered=bool(kind.kind.series),
        place=head.place,
        year=2027,
        signatures=parts.signatures or (Signature(position=head.head),),
        draft=True,
    )


def check_url(code: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{reverse('correspondence:check', args=[code])}"


def _parts(kind: Declared, text: str, common: dict[str, Any], value: Any) -> Parts:
    return parts_of(filled(text, common | values_of(value), shape_for(kind)))


def _laid(parts: Parts) -> Paper:
    return Paper(
        issuer="",
        subject=parts.subject,
        note=parts.note,
        authority=parts.authority,
        enacting=parts.enacting,
        addressees=parts.addressees,
        bases=parts.bases,
        blocks=parts.blocks,
        distribution=parts.distribution,
        appendices=parts.appendices,
    )


def _signature(paper: OfficialPaper) -> Signature:
    """ "KT. GIÁM ĐỐC" above "PHÓ GIÁM ĐỐC"; a head signs without words above the position."""
    if paper.signed_as in (SignedAs.HEAD, ""):
        return Signature(position=paper.position, name=paper.signer_name)
    if paper.signed_as == SignedAs.CHARGE:
        return Signature(position=f"{paper.signed_as} {paper.position}", name=paper.signer_name)
    above = f"{paper.signed_as} {paper.signing_for}"
    return Signature(position=paper.position, name=paper.signer_name, authority=above, note=paper.mandate)
