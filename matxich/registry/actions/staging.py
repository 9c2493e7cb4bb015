"""Rows become statements in chunks small enough that nobody waits for them, out of sight until published."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.bulk import insert_rows
from matxich.kit.refusals import Refusal
from matxich.ledger.actions import Draft, Subject, record_many
from matxich.ledger.keys import subject_keys
from matxich.registry.actions.candidates import Known, decide, known_to_register, said_so_far
from matxich.registry.actions.correcting import Corrections
from matxich.registry.actions.facts import AUDIENCE
from matxich.registry.actions.foreseeing import bases, foreseen_rows, replace_foreseen
from matxich.registry.actions.numbers import Numbers, reserve
from matxich.registry.actions.projecting import COLUMNS, projected, told_of
from matxich.registry.actions.rows import KeyedRow
from matxich.registry.actions.values import keyed_digest, person_hash, sealed_cells, sealed_person_ids
from matxich.registry.models import Enterprise, Import, ImportRow, Statement
from matxich.registry.states import ImportState, Kind, Outcome, SourceKind, Verification
from matxich.rulebook import linking
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.linking import Decision
from matxich.rulebook.passport import field_of
from matxich.rulebook.projection import Told

LEVELS = {
    SourceKind.DOCUMENT: Verification.DOCUMENT,
    SourceKind.VISIT: Verification.VISIT,
    SourceKind.SELF_DECLARED: Verification.DECLARED,
}
KINDS = {
    "household": Kind.HOUSEHOLD,
    "cooperative": Kind.COOPERATIVE,
    "cooperative_union": Kind.UNION,
    "cooperative_group": Kind.COOPERATIVE_GROUP,
    "branch": Kind.UNIT,
}
ROW_COLUMNS = (
    *("id", "batch_id", "sheet", "row", "span", "outcome", "enterprise_id", "cells", "warnings", "rejected"),
    *("values", "candidates", "decided_as", "decided_by", "digest", "corrects_id"),
)
OUTCOME, CELLS = ROW_COLUMNS.index("outcome"), ROW_COLUMNS.index("cells")
NOTED = [ROW_COLUMNS.index(n) for n in ("sheet", "row", "span", "enterprise_id", "warnings", "rejected", "digest")]
STATEMENT_COLUMNS = (
    *("id", "enterprise_id", "field", "value", "raw", "source_id", "batch_id", "row_id", "column", "as_of"),
    *("verification", "visibility", "recorded_at", "recorded_by"),
)
ENTERPRISE_COLUMNS = (
    *("id", "kind", "first_import_id", "parent_id", "is_demo", "version", "created_at"),
    *COLUMNS,
)


class NoLongerStaging(Refusal):
    """The import was cancelled while its rows were being taken in."""

    code = "no_longer_staging"


@dataclass(slots=True)
class Chunk:
    """What one transaction writes: (enterprise, row, row's number), and of new ones the parent.

    `hidden`: by row's number, the cells to seal, by column letter. `corrected`: rejected rows brought again.
    """

    rows: list[list[Any]] = field(default_factory=list)
    told: list[tuple[int, KeyedRow, int]] = field(default_factory=list)
    made: dict[int, tuple[KeyedRow, int | None]] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    history: list[Draft] = field(default_factory=list)
    hidden: dict[int, dict[str, str]] = field(default_factory=dict)
    corrected: set[int] = field(default_factory=set)


class Stager:
    """Takes the rows of one import, chunk after chunk.

    A rehearsal decides everything and writes nothing: what rows are to be told of is in `told`, as for `report_of`,
    and what the list says of whom in `listed`: (enterprise, digest).
    """

    def __init__(self, batch: Import, *, by: Actor, at: datetime, rehearsal: bool = False) -> None:
        self.batch, self.by, self.at, self.rehearsal = batch, by, at, rehearsal
        self.level = LEVELS.get(SourceKind(batch.source.kind), Verification.LIST)
        self.said = Known() if rehearsal else said_so_far(batch)
        self.enterprises = Numbers(Enterprise, rehearsal)
        self.outcomes: dict[str, int] = dict.fromkeys(Outcome.values, 0)
        self.corrections = Corrections(batch)
        self.listed: set[tuple[int, int]] = set()
        self.told: list[tuple[str, int, str, dict[str, Any] | None, list[dict[str, Any]]]] = []

    def take(self, rows: Sequence[KeyedRow], progress: dict[str, Any]) -> float:
        """Decide and write one chunk; how many seconds others had to wait for the writing.

        Should somebody else take one of its tax codes meanwhile, it is decided again.
        """
        try:
            chunk = self._decided(rows)
            seconds = self._write(chunk, progress)
        except IntegrityError:
            chunk = self._decided(rows)
            seconds = self._write(chunk, progress)
        self.said.merge(chunk.known)
        self.corrections.done |= chunk.corrected
        for row in chunk.rows:
            self.outcomes[row[OUTCOME]] += 1
        if self.rehearsal:
            self._note(chunk)
        return seconds

    def _note(self, chunk: Chunk) -> None:
        for row in chunk.rows:
            sheet, number, span, enterprise, warnings, rejected, digest = (row[at] for at in NOTED)
            if rejected or warnings:
                self.told.append((sheet, number, span, rejected, warnings))
            if enterprise is not None:
                self.listed.add((enterprise, digest))

    def _decided(self, rows: Sequence[KeyedRow]) -> Chunk:
        for row in rows:
            if row.person:
                row.keys = row.keys._replace(person=person_hash(row.person))
        chunk, register = Chunk(), known_to_register(rows, self.batch)
        numbers = Numbers(ImportRow, self.rehearsal).take_many(len(rows))
        for number, row in zip(numbers, rows, strict=True):
            if row.source.hidden:
                chunk.hidden[number] = row.source.hidden
            if refused := self.corrections.refused(row.source, chunk.corrected):
                chunk.rows.append(self._row(number, row, Outcome.REJECTED, rejected=refused))
                continue
            if (original := self.corrections.original(row.source)) is not None:
                chunk.corrected.add(original)
            self._decide(chunk, number, row, register)
        return chunk

    def _decide(self, chunk: Chunk, number: int, row: KeyedRow, register: Known) -> None:
        layers = (chunk.known, self.said, register)
        decision = decide(row.keys, layers)
        if decision.outcome == "queued":
            chunk.rows.append(self._row(number, row, Outcome.QUEUED, decision=decision))
            chunk.history.append(self._entry(Subject("import_row", str(number), row.name), row, decision))
            return
        pk = decision.enterprise or self.enterprises.take()
        if decision.outcome == "new":
            parents = (layer.by_code.get(row.parent_code) for layer in layers)
            chunk.made[pk] = row, next((parent.id for parent in parents if parent), None)
        first_sight = decision.outcome == "new" or (pk in register.unseen and not self._has_said(chunk, pk))
        chunk.known.add(row.keys._replace(id=pk))
        chunk.told.append((pk, row, number))
        chunk.rows.append(self._row(number, row, Outcome.NEW if first_sight else Outcome.LINKED, pk))
        chunk.history.append(self._entry(Subject("enterprise", _registry_id(pk), row.name, row.place), row, decision))

    def _has_said(self, chunk: Chunk, pk: int) -> bool:
        return pk in self.said.ids or pk in chunk.known.ids

    def _row(
        self,
        number: int,
        row: KeyedRow,
        outcome: str,
        enterprise: int | None = None,
        *,
        decision: Decision | None = None,
        rejected: dict[str, Any] | None = None,
    ) -> list[Any]:
        source = row.source
        values = self._waiting(number, row) if decision else None
        candidates = {"reason": decision.reason, "enterprises": decision.candidates} if decision else None
        digest = None if rejected else keyed_digest(row.saying)
        where = (number, self.batch.pk, source.sheet, source.row, source.span, outcome, enterprise)
        told = (source.cells, source.warnings, rejected, values, candidates, "", "")
        return [*where, *told, digest, self.corrections.original(source)]

    def _waiting(self, number: int, row: KeyedRow) -> list[list[Any]]:
        """The facts a row keeps until an officer decides whose they are."""
        if not row.person:
            return [list(fact) for fact in row.facts]
        sealed = self._sealed(number, row.person)
        return [[code, sealed if code == "person_id" else value, column] for code, value, column in row.facts]

    def _sealed(self, number: int, person: str) -> Any:
        if self.rehearsal:
            return {}
        with transaction.atomic():
            return sealed_person_ids({number: person}, self.at, kind="import_row")[number]

    def _entry(self, subject: Subject, row: KeyedRow, decision: Decision) -> Draft:
        where = {"sheet": row.source.sheet, "row": row.source.row, "outcome": decision.outcome}
        where |= {"columns": row.source.span} if row.source.span else {}
        return Draft(
            by=self.by,
            at=self.at,
            action="import.accept_row",
            on=subject,
            after=where | {"reason": decision.reason, "facts": row.digest},
            batch=f"import:{self.batch.pk}",
            rule=linking.VERSION,
        )

    def _write(self, chunk: Chunk, progress: dict[str, Any]) -> float:
        if self.rehearsal:
            return 0.0
        self._seal_cells(chunk)
        touched = {pk for pk, _row, _number in chunk.told} - chunk.made.keys()
        before = bases(touched)
        facts = told_of(touched, including=self.batch.pk)
        statements = self._statements(chunk, facts)
        profiles = projected(facts.keys(), facts)
        made = [self._made(pk, *chunk.made[pk], profiles[pk]) for pk in chunk.made]
        staged = foreseen_rows(self.batch, before, profiles)
        began = time.monotonic()
        with transaction.atomic():
            _demand_staging(self.batch, progress)
            insert_rows(Enterprise, ENTERPRISE_COLUMNS, made)
            insert_rows(ImportRow, ROW_COLUMNS, chunk.rows)
            insert_rows(Statement, STATEMENT_COLUMNS, statements)
            replace_foreseen(self.batch, touched, staged)
            record_many(chunk.history)
        return time.monotonic() - began

    def _seal_cells(self, chunk: Chunk) -> None:
        """Persons' numbers in columns of no field go under the key of the row's enterprise, or of the row itself."""
        if not chunk.hidden:
            return
        owners = {number: f"enterprise:{pk}" for pk, _row, number in chunk.told}
        subjects = {number: owners.get(number, f"import_row:{number}") for number in chunk.hidden}
        with transaction.atomic():
            keys = subject_keys(subjects.values(), self.at)
        for row in chunk.rows:
            if hidden := chunk.hidden.get(row[0]):
                subject = subjects[row[0]]
                row[CELLS] = row[CELLS] | sealed_cells(hidden, subject, keys[subject])

    def _statements(self, chunk: Chunk, facts: dict[int, list[Told]]) -> list[tuple[Any, ...]]:
        """The rows of the statement table; the same facts are added to `facts` for the projection."""
        source, batch = self.batch.source, self.batch
        with transaction.atomic():
            sealed = sealed_person_ids({pk: row.person for pk, row, _number in chunk.told if row.person}, self.at)
        each = [(pk, row, line, *told) for pk, row, line in chunk.told for told in row.facts]
        numbers = reserve(Statement, len(each))
        statements: list[tuple[Any, ...]] = []
        for number, (pk, row, line, code, value, column) in zip(numbers, each, strict=True):
            kept = sealed[pk] if code == "person_id" and row.person else value
            told = (batch.as_of, self.level)
            statements.append(
                (
                    number,
                    pk,
                    code,
                    kept,
                    "",
                    source.pk,
                    batch.pk,
                    line,
                    column,
                    *told,
                    _audience(code),
                    self.at,
                    self.by.id,
                )
            )
            facts.setdefault(pk, []).append(
                Told(number, code, kept, self.level, batch.as_of, source.trust, self.at, source.in_programme)
            )
        return statements

    def _made(self, pk: int, row: KeyedRow, parent: int | None, profile: dict[str, Any]) -> list[Any]:
        kind = Kind.UNIT if row.parent_code else KINDS.get(row.keys.form, Kind.ENTERPRISE)
        own = [pk, kind, self.batch.pk, parent, self.batch.source.is_demo, 1, self.at]
        return own + [profile[name] for name in COLUMNS]


def _demand_staging(batch: Import, progress: dict[str, Any]) -> None:
    """Cancelled meanwhile? Then stop here; else note how far the import has come."""
    staging = Import.objects.filter(pk=batch.pk, state=ImportState.STAGING)
    if not staging.update(progress=progress):
        raise NoLongerStaging(_("Lần nhập này đã bị dừng."), _("Tải tệp lên lại nếu vẫn cần nhập."))


def _registry_id(pk: int) -> str:
    return make_registry_id(pk) if pk > 0 else ""


@cache
def _audience(code: str) -> int:
    return AUDIENCE[field_of(code).audience]
