"""Rows the rules could not link for certain: an officer says whom they speak of."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.registry.actions.facts import AUDIENCE, subject_of
from matxich.registry.actions.moves import hold_still
from matxich.registry.actions.projecting import refold
from matxich.registry.actions.publishing import batch_name
from matxich.registry.actions.staging import KINDS, LEVELS
from matxich.registry.actions.values import opened, resealed_cells, sealed_person_ids
from matxich.registry.models import Enterprise, ImportRow, Statement
from matxich.registry.permissions import may_change_import
from matxich.registry.queries.enterprises import visible_enterprises
from matxich.registry.states import ImportState, Kind, Outcome, SourceKind, Verification
from matxich.rulebook.passport import field_of
from matxich.rulebook.vietnamese.names import legal_form


class NotWaiting(Refusal):
    """The row was decided before, or its list is not published."""

    code = "not_waiting"


class NoSuchEnterprise(Refusal):
    code = "no_such_enterprise"
    status = 422


@transaction.atomic
def decide_queued(
    *, row: ImportRow, enterprise: Enterprise | None, by: Actor, at: datetime, reason: str = ""
) -> Enterprise:
    """The row speaks of this enterprise, or (None) of one not known yet; its facts are stated accordingly.

    Raises Denied, NotWaiting, NoSuchEnterprise. Undoing the list undoes the decision's effect too.
    """
    hold_still(row.batch_id, enterprise.first_import_id if enterprise else None)
    row = ImportRow.objects.select_for_update(of=("self",)).select_related("batch__source").get(pk=row.pk)
    demand(may_change_import(by, row.batch))
    if row.outcome != Outcome.QUEUED or row.decided_as or row.batch.state != ImportState.PUBLISHED:
        raise NotWaiting(_("Dòng này không còn chờ xử lý."), _("Tải lại danh sách chờ xử lý."))
    chosen = _existing(enterprise) if enterprise is not None else _new(row, at)
    row.enterprise = chosen
    row.decided_as = Outcome.LINKED if enterprise is not None else Outcome.NEW
    row.decided_at, row.decided_by = at, by.id
    row.cells = resealed_cells(row.cells, f"enterprise:{chosen.pk}", at)
    row.save(update_fields=["enterprise", "decided_as", "decided_at", "decided_by", "cells"])
    told = _state_facts(row, chosen, by, at)
    refold([chosen.pk])
    chosen.refresh_from_db()
    where = {"sheet": row.sheet, "row": row.row} | ({"columns": row.span} if row.span else {})
    record(
        by=by,
        at=at,
        action="import.decide_row",
        on=subject_of(chosen),
        after=where | {"as": row.decided_as, "told": told, "candidates": row.candidates},
        reason=reason,
        batch=batch_name(row.batch),
    )
    return chosen


def _existing(enterprise: Enterprise) -> Enterprise:
    found = visible_enterprises().select_for_update(of=("self",)).filter(pk=enterprise.pk).first()
    if found is None:
        raise NoSuchEnterprise(_("Hồ sơ được chọn không còn trong sổ."), _("Chọn một hồ sơ khác hoặc tạo hồ sơ mới."))
    return found


def _new(row: ImportRow, at: datetime) -> Enterprise:
    name = next((str(value) for code, value, _column in row.values or () if code == "name"), "")
    return Enterprise.objects.create(
        name=name[:300],
        kind=KINDS.get(legal_form(name), Kind.ENTERPRISE),
        first_import=row.batch,
        is_demo=row.batch.source.is_demo,
        created_at=at,
    )


def _state_facts(row: ImportRow, enterprise: Enterprise, by: Actor, at: datetime) -> dict[str, Any]:
    """State the row's facts; returns the impersonal ones."""
    source = row.batch.source
    facts = [(code, _resealed(code, value, enterprise, at), column) for code, value, column in row.values or ()]
    Statement.objects.bulk_create(
        Statement(
            enterprise=enterprise,
            field=code,
            value=value,
            source=source,
            batch=row.batch,
            row=row,
            column=column,
            as_of=row.batch.as_of,
            verification=LEVELS.get(SourceKind(source.kind), Verification.LIST),
            visibility=AUDIENCE[field_of(code).audience],
            recorded_at=at,
            recorded_by=by.id,
        )
        for code, value, column in facts
    )
    return {code: value for code, value, _column in facts if not field_of(code).personal}


def _resealed(code: str, value: Any, enterprise: Enterprise, at: datetime) -> Any:
    """A person's number waited under the row's key; from now on it lies under the enterprise's."""
    if code != "person_id":
        return value
    return sealed_person_ids({enterprise.pk: opened(value)}, at)[enterprise.pk]
