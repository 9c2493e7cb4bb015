"""The few shapes of clauses that questions are put together from."""

from collections.abc import Iterable, Sequence

from tantivy import Occur, Schema
from tantivy import Query as Clause

FEW = 40


def every(clauses: Iterable[Clause]) -> Clause:
    return Clause.boolean_query([(Occur.Must, clause) for clause in clauses])


def any_of(clauses: Iterable[Clause]) -> Clause:
    return Clause.boolean_query([(Occur.Should, clause) for clause in clauses])


def flat(clause: Clause, score: float = 0.0) -> Clause:
    """The same hits, each with this score."""
    return Clause.const_score_query(clause, score)


def among(schema: Schema, field: str, values: Sequence[str]) -> Clause:
    """Any of the values. A set is quicker than its terms only when there are many, for it is read to the end."""
    known = [value for value in values if value.isprintable()]
    if len(known) > FEW:
        return Clause.term_set_query(schema, field, known)
    terms = [Clause.term_query(schema, field, value, index_option="basic") for value in known]
    return terms[0] if len(terms) == 1 else any_of(terms)


def best_of(clauses: Iterable[Clause]) -> Clause:
    """Any of them, counted as the one that counts most."""
    return Clause.disjunction_max_query(list(clauses))
