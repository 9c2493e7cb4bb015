"""Templates of an agency: the one in use, its history, what it may say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from matxich.accounts.models import Agency
from matxich.correspondence.kinds import CONTRACTS, Declared, declared
from matxich.correspondence.kinds.fields import Told, told_by
from matxich.correspondence.models import PaperTemplate


@dataclass(frozen=True, slots=True)
class InUse:
    """`version` 0: the template that came with the program."""

    text: str
    version: int


def template_in_use(agency: Agency, kind: str) -> InUse:
    found = PaperTemplate.objects.filter(agency=agency, kind=kind).order_by("-version").first()
    return InUse(found.text, found.version) if found else InUse(declared(kind).packaged, 0)


@dataclass(frozen=True, slots=True)
class TemplateLine:
    declared: Declared
    version: int
    changed_at: datetime | None


def template_lines(agency: Agency) -> list[TemplateLine]:
    """Every kind, with the version the agency uses."""
    found = PaperTemplate.objects.filter(agency=agency).order_by().values("kind")
    latest = {row["kind"]: row for row in found.annotate(version=Max("version"), changed=Max("at"))}
    return [
        TemplateLine(declared(code), latest[code]["version"], latest[code]["changed"])
        if code in latest
        else TemplateLine(declared(code), 0, None)
        for code in CONTRACTS
    ]


def versions_of(agency: Agency, kind: str) -> list[PaperTemplate]:
    return list(PaperTemplate.objects.filter(agency=agency, kind=kind).order_by("-version")[:50])


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A name a template may use, as it is written there; `inside`: the list it stands in."""

    name: str
    told: Told
    inside: str = ""


def field_lines(contract: type, inside: str = "") -> Iterator[FieldLine]:
    for told in told_by(contract):
        yield FieldLine(told.key, told, inside)
        if told.rows:
            yield from field_lines(told.rows, f"{inside} {told.key}".strip())
