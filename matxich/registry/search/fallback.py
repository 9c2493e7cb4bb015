"""What the database can answer while there is no index: words of the name, start of the tax code, the same filters.

No facets, no products, no places in words; filters by what firms do or hold are not applied and told as unanswered.
"""

from datetime import date
from time import perf_counter

from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet

from matxich.registry.models import Enterprise, Statement
from matxich.registry.search.concepts import SCHEMES
from matxich.registry.search.days import UNKNOWN, age_ranges
from matxich.registry.search.document import FRESHNESS, VALIDITY
from matxich.registry.search.enterprises import PERSONS, in_force, visible
from matxich.registry.search.query import DEEPEST, TEXT_READ, WORDS_READ, Query, Results
from matxich.rulebook.vietnamese.text import words

_TEXTS = ("zone", "size", "sector")
_NUMBERS = {"verified": "verification", "in_programme": "in_programme"}
UNANSWERED = (*SCHEMES, VALIDITY)
_ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "name": ("company_key", "id"),
    "newest": ("-created_at", "-id"),
    "freshness": (F("as_of").desc(nulls_last=True), "-id"),
}


def ask_database(query: Query) -> Results:
    """The same question put to the tables. `total` is exact for what is asked of them; `degraded` is true."""
    started = perf_counter()
    found = _narrowed(_named(visible(), query.text), query)
    limit = max(1, min(query.limit, DEEPEST))
    offset = max(0, min((query.page - 1) * limit, DEEPEST - limit))
    order = _ORDERS.get(query.sort, _ORDERS["name"])
    ids = found.order_by(*order).values_list("id", flat=True)[offset : offset + limit]
    total, hits = found.count(), tuple((number, 0.0) for number in ids)
    took = (perf_counter() - started) * 1000
    asked = {name for name, values in query.filters.items() if values} | ({VALIDITY} if query.on else set())
    unanswered = tuple(name for name in UNANSWERED if name in asked)
    return Results(total, took, hits, dict.fromkeys(query.facets, ()), degraded=True, unanswered=unanswered)


def _named(found: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """Every word stands in the name; digits may begin the tax code instead."""
    asked = words(text[:TEXT_READ])[:WORDS_READ]
    if not asked:
        return found
    condition = Q()
    for word in asked:
        condition &= Q(company_key__contains=word)
    digits = "".join(asked)
    if digits.isdecimal():
        condition |= Q(tax_code__startswith=digits) | Q(tax_code__startswith=f"{digits[:10]}-{digits[10:]}")
    return found.filter(condition)


def _narrowed(found: QuerySet[Enterprise], query: Query) -> QuerySet[Enterprise]:
    if query.audience == "public":
        found = found.exclude(kind__in=PERSONS)
    if not {"in_programme", "source"} & {name for name, values in query.filters.items() if values}:
        found = found.filter(in_programme=True)
    for name, values in query.filters.items():
        if values:
            found = _filtered(found, name, values, query)
    return found


def _filtered(found: QuerySet[Enterprise], name: str, values: tuple[str, ...], query: Query) -> QuerySet[Enterprise]:
    if name in ("province", "commune"):
        return found.filter(**{f"{name}_{query.boundaries}__in": values})
    if name == FRESHNESS:
        return found.filter(_of_age(values, query.on or query.today))
    if name == "source":
        sources = [value for value in values if value.isdecimal() and len(value) < 19]
        told = Statement.objects.filter(in_force(), enterprise=OuterRef("pk"), source__in=sources)
        return found.filter(Exists(told))
    if name in _NUMBERS:
        numbers = [int(value) for value in values if value.isdecimal() and len(value) < 3]
        return found.filter(**{f"{_NUMBERS[name]}__in": numbers})
    return found.filter(**{f"{name}__in": values}) if name in _TEXTS else found


def _of_age(ages: tuple[str, ...], day: date | None) -> Q:
    if day is None:
        raise ValueError("freshness is asked for without a day")
    condition = Q(pk__in=())
    for age in age_ranges(day):
        if age["key"] == UNKNOWN and UNKNOWN in ages:
            condition |= Q(as_of=None)
        elif age["key"] in ages:
            until = {"as_of__lt": date.fromordinal(age["to"])} if "to" in age else {}
            condition |= Q(as_of__gte=date.fromordinal(age["from"]), **until)
    return condition
