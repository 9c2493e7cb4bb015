"""Filters of a question as clauses: any value of one filter will do, every filter must."""

from collections.abc import Collection, Iterable
from datetime import date

from tantivy import FieldType, Occur, Schema
from tantivy import Query as Clause

from matxich.registry.search.clauses import among, any_of, flat
from matxich.registry.search.days import AGES, STATUSES, UNKNOWN, VALID, age_ranges, asked
from matxich.registry.search.document import CERTIFIED, DATED, FACETS, FRESHNESS, VALIDITY
from matxich.registry.search.query import Query
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import Scheme

CERTIFICATE = Scheme.CERTIFICATES.one


class Narrowing:
    """What a question lets through.

    Certificates and their validity are one filter: a firm passes by a certificate asked for, or any when none is,
    that has a status asked for. Their facets are counted without both.
    """

    def __init__(self, schema: Schema, query: Query) -> None:
        self.schema, self.query = schema, query
        self.day = query.on or query.today
        self.chosen = {name: values for name, values in query.filters.items() if values and name in FACETS}
        # A source is asked for by name, so its enterprises are shown even when it is not of the programme.
        if not {"in_programme", "source"} & set(self.chosen):
            self.chosen["in_programme"] = ("1",)
        self.codes = self.chosen.get(CERTIFICATE, ())
        self.statuses = tuple(status for status in self.chosen.get(VALIDITY, ()) if status in STATUSES)
        if query.on and not self.statuses:
            self.statuses = (VALID,)
        if self.day is None and (self.statuses or FRESHNESS in self.chosen):
            raise ValueError("validity and freshness are asked for without a day")

    def filters(self, *, chosen: bool = True, without: str = "") -> list[tuple[Occur, Clause]]:
        """All filters but one; `chosen=False` leaves only what the audience may see."""
        left = {name for name in self.chosen if name != without} if chosen else set()
        certified = chosen and without not in (CERTIFICATE, VALIDITY)
        clauses = [self._filter(name) for name in self.chosen if name in left - {CERTIFICATE, VALIDITY}]
        if self.statuses and certified:
            clauses.append(self.with_status(self.codes, self.statuses))
        elif self.codes and certified:
            clauses.append(self.among(CERTIFICATE, self.codes))
        if self.query.audience == "public":
            clauses.append(self.among("public", ("1",)))
        return [(Occur.Must, flat(clause)) for clause in clauses]

    def field(self, name: str) -> str:
        place = FACETS.get(name, name)
        return place if isinstance(place, str) else place[self.query.boundaries]

    def among(self, name: str, values: tuple[str, ...]) -> Clause:
        return among(self.schema, self.field(name), values)

    def _filter(self, name: str) -> Clause:
        if name == FRESHNESS and self.day:
            return self._of_age(self.chosen[name], self.day)
        return self.among(name, self.chosen[name])

    def _of_age(self, ages: Collection[str], day: date) -> Clause:
        clauses = [
            Clause.range_query(
                self.schema, DATED, FieldType.Integer, lower_bound=age["from"], upper_bound=age.get("to", 2**40),
                include_upper=False,
            )
            for age in age_ranges(day)
            if age["key"] in ages and age["key"] in AGES
        ]  # fmt: skip
        return any_of(clauses) if clauses else Clause.empty_query()

    def with_status(self, codes: Iterable[str], statuses: Collection[str]) -> Clause:
        """Firms with one of the certificates, or any when none is named, valid on the day or without a known end."""
        assert self.day
        narrow = _narrower(tuple(codes))
        valid = among(self.schema, CERTIFIED, asked(narrow, VALID, self.day))
        if UNKNOWN not in statuses:
            return valid
        unknown = among(self.schema, CERTIFIED, asked(narrow, UNKNOWN, self.day))
        if VALID in statuses:
            return any_of([valid, unknown])
        return Clause.boolean_query([(Occur.Must, unknown), (Occur.MustNot, valid)])


def _narrower(codes: tuple[str, ...]) -> list[str]:
    """The codes with everything narrower; every certificate when none is named."""
    known = taxonomy()
    if not codes:
        return [concept.code for concept in known.of(Scheme.CERTIFICATES)]
    return sorted({narrow for code in codes for narrow in (code, *(known.descendants(code) if code in known else ()))})
