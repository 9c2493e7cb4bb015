"""A beneficiary of the history with all it got, the record it is linked to, and records it may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from matxich.accounts.queries import names_of_people
from matxich.places.queries import name_of
from matxich.policy.models import BeneficiaryLink, SupportGiven
from matxich.policy.queries.support import Sums, link_of, of_beneficiary, sums_of
from matxich.policy.queries.support_pages import Line, lines_of
from matxich.registry.models import Enterprise
from matxich.registry.queries import enterprise_by_registry_id, visible_enterprises
from matxich.registry.queries.merge_pages import records_by
from matxich.rulebook.identifiers import make_registry_id, parse_registry_id, parse_tax_code

SHOWN = 200
FOUND = 5


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the register. `same_code`: its tax code is the beneficiary's."""

    registry_id: str
    name: str
    tax_code: str
    place: str
    same_code: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Who linked or unlinked when, and why; `record`: to which record."""

    record: Record
    who: str
    at: datetime
    reason: str
    undone_by: str
    undone_at: datetime | None
    undone_reason: str


@dataclass(frozen=True, slots=True)
class BeneficiaryPage:
    """`record`: whose entries these are. `linked`: by a decision that stands, else the tax code says so."""

    pk: int
    name: str
    tax_code: str
    province: str
    lines: tuple[Line, ...]
    sums: Sums
    record: Record | None
    linked: bool
    decisions: tuple[Decision, ...]


def beneficiary_page(one: SupportGiven) -> BeneficiaryPage:
    found = of_beneficiary(one)
    link = link_of(one.beneficiary)
    firm = link.enterprise if link else _by_code(one)
    decisions = list(BeneficiaryLink.objects.filter(beneficiary=one.beneficiary).select_related("enterprise"))
    return BeneficiaryPage(
        one.pk, one.name, one.tax_code, name_of(one.province), tuple(lines_of(found[:SHOWN])), sums_of(found),
        _record(_kept(firm), one) if firm else None, link is not None, tuple(_decisions(decisions, one)),
    )  # fmt: skip


def records_for(one: SupportGiven, text: str) -> tuple[tuple[Record, ...], bool]:
    """Records that may be the beneficiary, by an id, a tax code or words; and whether they are merely the nearest."""
    numbers, nearest = records_by(text, FOUND)
    found = visible_enterprises().in_bulk(numbers)
    return tuple(_record(found[pk], one) for pk in numbers if pk in found)[:FOUND], nearest


def record_named(text: str) -> Enterprise | None:
    """The one record that a registry id or a tax code leads to."""
    if parse_registry_id(text):
        return enterprise_by_registry_id(text)
    code = parse_tax_code(text)
    return visible_enterprises().filter(tax_code=code.text).first() if code.valid else None


def _by_code(one: SupportGiven) -> Enterprise | None:
    if one.enterprise:
        return one.enterprise
    return visible_enterprises().filter(tax_code=one.tax_code).first() if one.tax_code else None


def _kept(firm: Enterprise) -> Enterprise:
    return enterprise_by_registry_id(make_registry_id(firm.pk)) or firm


def _record(firm: Enterprise, one: SupportGiven) -> Record:
    place = ", ".join(name_of(code) for code in (firm.commune_34, firm.province_34) if code)
    same = bool(one.tax_code) and one.tax_code == firm.tax_code
    return Record(make_registry_id(firm.pk), firm.name, firm.tax_code or "", place, same)


def _decisions(links: Iterable[BeneficiaryLink], one: SupportGiven) -> Iterable[Decision]:
    told = list(links)
    names = names_of_people(each for link in told for each in (link.linked_by, link.undone_by))
    return (
        Decision(
            _record(_kept(link.enterprise), one), names.get(link.linked_by, ""), link.linked_at, link.reason,
            names.get(link.undone_by, ""), link.undone_at, link.undone_reason,
        )
        for link in told
    )  # fmt: skip
