"""What support was given to whom, what doubles what, and what that tells the law of a firm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from matxich.policy.models import CompleteYear, SupportGiven
from matxich.policy.packaged import pairs_of_contents
from matxich.policy.states import STANDING
from matxich.registry.models import Enterprise
from matxich.registry.states import ListState, Verification
from matxich.rulebook.law.duplicates import Double, Given, doubles, in_the_way
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.supports.kinds import SUPPORTS

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


def given_of(one: SupportGiven) -> Given:
    """As the rule takes it. A beneficiary is its tax code, else its record, else its name in its province."""
    record = f"firm:{one.enterprise_id}" if one.enterprise_id else f"{one.province}:{one.name.casefold()}"
    who = one.tax_code or record
    return Given(
        str(one.pk or ""), who, one.content, one.year, one.budget != NOT_STATE, one.amount, one.status in STANDING
    )


def standing_with(one: SupportGiven) -> QuerySet[SupportGiven]:
    """Entries of the same beneficiary and year."""
    return _of(counting(), one.enterprise_id, one.tax_code, one.name, one.province).filter(year=one.year)


def of_firm(firm: Enterprise) -> QuerySet[SupportGiven]:
    """All a firm got, also what was recorded under its tax code before its record was known, newest first."""
    return _of(counting(), firm.pk, firm.tax_code or "", "", "").order_by("-year", "-id")


def support_given(*, text: str = "", year: int | None = None, province: str = "") -> QuerySet[SupportGiven]:
    found = counting().select_related("enterprise")
    if text:
        words = Q(name__icontains=text) | Q(tax_code__startswith=text) | Q(content__iexact=text)
        found = found.filter(words | Q(title__icontains=text) | Q(decision_no__icontains=text))
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
    shown = list(found)
    keys = Q(pk__in=[one.pk for one in shown])
    firms = {one.enterprise_id for one in shown if one.enterprise_id}
    codes = {one.tax_code for one in shown if one.tax_code}
    names = {one.name for one in shown if not one.enterprise_id and not one.tax_code}
    keys |= Q(enterprise__in=firms) | Q(tax_code__in=codes) | Q(name__in=names, enterprise=None, tax_code="")
    years = {one.year for one in shown}
    related = counting().filter(keys, year__in=years).order_by("pk")
    found_doubles: dict[int, list[Double]] = {}
    for double in doubles(map(given_of, related), pairs_of_contents()):
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
    given = given_of(one)
    return Given(given.id, f"firm:{firm.pk}", given.content, given.year, given.state, given.amount, given.stands)


def _told(one: SupportGiven) -> Known:
    source = f"{one.content} {one.year}, {one.agency}" + (f", {one.decision_no}" if one.decision_no else "")
    return Known(True, source, one.decided_on or date(one.year, 12, 31), Verification.DOCUMENT)


def _of(
    found: QuerySet[SupportGiven], firm: int | None, tax_code: str, name: str, province: str
) -> QuerySet[SupportGiven]:
    keys = Q(pk=None)
    if firm:
        keys |= Q(enterprise=firm)
    if tax_code:
        keys |= Q(tax_code=tax_code)
    if not firm and not tax_code:
        keys |= Q(enterprise=None, tax_code="", name__iexact=name, province=province)
    return found.filter(keys)
