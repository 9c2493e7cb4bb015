"""What support was given to whom, what doubles what, and what that tells the law of a firm."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.policy.models import BeneficiaryLink, CompleteYear, SupportGiven
from matxich.policy.packaged import pairs_of_contents
from matxich.policy.states import STANDING
from matxich.registry.models import Enterprise
from matxich.registry.queries import visible_enterprises
from matxich.registry.queries.families import families, kept_of
from matxich.registry.states import ListState, Verification
from matxich.rulebook.law.duplicates import Double, Given, doubles, in_the_way
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.vietnamese.text import fold

NOT_STATE = "other"
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Sums:
    entries: int
    amount: int
    counterpart: int


def counting() -> QuerySet[SupportGiven]:
    """Entries that count: not taken out, of no list that is not published."""
    listed = Q(batch=None) | Q(batch__state=ListState.PUBLISHED)
    return SupportGiven.objects.filter(listed, withdrawn_at=None)


def givens(entries: Iterable[SupportGiven]) -> list[Given]:
    """As the rule takes them. A beneficiary is its record, known by link or tax code, merged ones being one, else what
    the entry says of it."""
    told = list(entries)
    known = _records({one.enterprise_id for one in told if one.enterprise_id}, {one.tax_code for one in told})
    return [_given(one, known.get(one.enterprise_id or one.tax_code, "") or one.beneficiary) for one in told]


def _given(one: SupportGiven, who: str) -> Given:
    return Given(
        str(one.pk or ""), who, one.content, one.year, one.budget != NOT_STATE, one.amount, one.status in STANDING
    )


def _records(firms: Collection[int], tax_codes: Collection[str]) -> dict[int | str, str]:
    """Record and tax code → who it is."""
    codes = visible_enterprises().filter(tax_code__in={code for code in tax_codes if code}).order_by()
    by_code: dict[str | None, int] = dict(codes.values_list("tax_code", "pk"))
    heads = kept_of({*firms, *by_code.values()})
    found: dict[int | str, str] = {pk: f"firm:{head}" for pk, head in heads.items()}
    return found | {str(code): found[pk] for code, pk in by_code.items()}


def beside(entries: Iterable[SupportGiven]) -> QuerySet[SupportGiven]:
    """What counts of the same beneficiaries in the same years, whatever they are called there."""
    told = list(entries)
    firms = {one.enterprise_id for one in told if one.enterprise_id}
    codes = {one.tax_code for one in told if one.tax_code}
    firms |= set(visible_enterprises().filter(tax_code__in=codes).order_by().values_list("pk", flat=True))
    named = Q(beneficiary__in={one.beneficiary for one in told})
    return counting().filter(_of_records(kept_of(firms).values()) | named, year__in={one.year for one in told})


def _of_records(heads: Iterable[int]) -> Q:
    """Entries of these records and of those merged into them: linked to them, or with a tax code of theirs."""
    family = {pk for members in families(set(heads)).values() for pk in members}
    codes = Enterprise.objects.filter(pk__in=family).exclude(tax_code=None).order_by().values("tax_code")
    return Q(enterprise__in=family) | Q(tax_code__in=codes)


def of_firm(firm: Enterprise) -> QuerySet[SupportGiven]:
    """All a firm got, also what was recorded under its tax code before its record was known, newest first."""
    return counting().filter(_of_records([firm.pk])).order_by("-year", "-id")


def of_beneficiary(one: SupportGiven) -> QuerySet[SupportGiven]:
    """All that was recorded of whom an entry names, under the same tax code or the same name, newest first."""
    return counting().filter(beneficiary=one.beneficiary).order_by("-year", "-id")


def link_of(beneficiary: str) -> BeneficiaryLink | None:
    """The decision that stands of who a beneficiary is."""
    links = BeneficiaryLink.objects.select_related("enterprise")
    return links.filter(beneficiary=beneficiary, undone_at=None).first()


def support_given(*, text: str = "", year: int | None = None, province: str = "") -> QuerySet[SupportGiven]:
    found = counting().select_related("enterprise")
    if text:
        found = found.filter(Q(folded__contains=fold(text)) | Q(tax_code__startswith=text) | Q(content__iexact=text))
    if year:
        found = found.filter(year=year)
    return found.filter(province=province) if province else found


def years_of(found: QuerySet[SupportGiven]) -> list[int]:
    return sorted(set(found.order_by().values_list("year", flat=True)), reverse=True)


def sums_of(found: QuerySet[SupportGiven]) -> Sums:
    told = found.order_by().aggregate(amount=Sum("amount"), counterpart=Sum("counterpart"))
    return Sums(found.count(), told["amount"] or 0, told["counterpart"] or 0)


def doubles_among(found: Iterable[SupportGiven]) -> dict[int, list[Double]]:
    """Entry → the doubles it is part of, among the entries of the same beneficiaries and years."""
    found_doubles: dict[int, list[Double]] = {}
    for double in doubles(givens(beside(found).order_by("pk")), pairs_of_contents()):
        for each in double.entries:
            found_doubles.setdefault(int(each.id), []).append(double)
    return found_doubles


def complete_for(province: str, year: int) -> CompleteYear | None:
    """The word of an agency that nothing of the year is missing: the province's own, or that of the whole country."""
    words = CompleteYear.objects.filter(year=year, withdrawn_at=None, province__in=("", province))
    return words.order_by("-province").first()


def other_support(firm: Enterprise, content: str, year: int) -> Known | None:
    """Whether the firm got other state money for a content in a year: yes with the entry, no only on an agency's word
    that the register of that year is complete, else None."""
    asked = Given("", f"firm:{firm.pk}", content, year, True, 0)
    entries = {str(one.pk): one for one in of_firm(firm).filter(year=year)}
    given = [_as_firm(one, firm) for one in entries.values()]
    if found := in_the_way(asked, given, pairs_of_contents()):
        return _told(entries[found[0].id])
    word = complete_for(firm.province_34 or "", year)
    if word is None:
        return None
    source = _("%(agency)s tuyên bố sổ hỗ trợ năm %(year)s đầy đủ") % {"agency": word.agency_name, "year": year}
    return Known(False, source, timezone.localdate(word.declared_at), Verification.LIST)


def other_supports(firm: Enterprise, year: int) -> dict[str, Known]:
    """The same for every content of the law, those apart of which nothing is known."""
    entries = {str(one.pk): one for one in of_firm(firm).filter(year=year)}
    given, pairs = [_as_firm(one, firm) for one in entries.values()], pairs_of_contents()
    nothing = other_support(firm, "", year)
    found: dict[str, Known] = {}
    for code in SUPPORTS:
        way = in_the_way(Given("", f"firm:{firm.pk}", code, year, True, 0), given, pairs)
        known = _told(entries[way[0].id]) if way else nothing
        if known is not None:
            found[code] = known
    return found


def _as_firm(one: SupportGiven, firm: Enterprise) -> Given:
    """Also what was recorded under the firm's tax code before its record was known."""
    return _given(one, f"firm:{firm.pk}")


def _told(one: SupportGiven) -> Known:
    source = f"{one.content} {one.year}, {one.agency}" + (f", {one.decision_no}" if one.decision_no else "")
    return Known(True, source, one.decided_on or date(one.year, 12, 31), Verification.DOCUMENT)
