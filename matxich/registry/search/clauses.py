"""The few shapes of clauses that questions are put together from."""

from collections.abc import Iterable, Sequence

from tantivy import Occur, Schema
from tantivy import Query as Clause

FEW = 40


def every(clauses: Iterable[Clause]) -> Clause:
    return Clause.boolean_query([(Occur.Must, clause) for clause in clauses])


def any_of(clauses: Iterable[Clause]) -> Clause:
    return Clause.boolean_query([(Occur.Should, clause) for clause in clauses])


def either(clauses: Sequence[Clause]) -> Clause:
    """The one there is, or any of several."""
    return clauses[0] if len(clauses) == 1 else any_of(clauses)


def weighed(clause: Clause, weights: Iterable[Clause]) -> Clause:
    """The hits of the clause, each weight counting where it holds. One inside the other: the engine looks up a single
    weight for a hit, and would read through the firms of all weights if they stood side by side."""
    for weight in weights:
        clause = Clause.boolean_query([(Occur.Must, clause), (Occur.Should, weight)])
    return clause


def flat(clause: Clause, score: float = 0.0) -> Clause:
    """The same hits, each with this score."""
    return Clause.const_score_query(clause, score)


def among(schema: Schema, field: str, values: Sequence[str]) -> Clause:
    """Any of the values. A set is quicker than its terms only when there are many, for it is read to the end."""
    known = [value for value in values if value.isprintable()]
    if len(known) > FEW:
        return Clause.term_set_query(schema, field, known)
    terms = [Clause.term_query(schema, field, value, index_option="basic") for value in known]
    return either(terms)


def best_of(clauses: Iterable[Clause]) -> Clause:
    """Any of them, counted as the one that counts most."""
    return Clause.disjunction_max_query(list(clauses))
