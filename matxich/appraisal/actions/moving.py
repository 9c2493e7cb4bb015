"""What every action of the room does alike: lock and compare versions, move by a table, name the subject."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from matxich.appraisal.models import Batch, Case, Council, Decision, Session
from matxich.kit.refusals import Refusal, Stale
from matxich.ledger.actions import Subject


class WrongState(Refusal):
    """What is asked cannot be done from the state the thing is in."""

    code = "wrong_state"


class ReasonMissing(Refusal):
    """What is decided against somebody, or against the rule, is decided for a reason that stays."""

    code = "reason_missing"
    status = 422


def moved(thing: Any, table: Mapping[tuple[Any, str], Any], event: str) -> None:
    """Bring a thing into the state an event leads to. Raises WrongState."""
    target = table.get((thing.state, event))
    if target is None:
        raise WrongState(
            _("Đang ở trạng thái “%(state)s” nên không làm được việc này.") % {"state": thing.get_state_display()},
            _("Tải lại trang để xem trạng thái hiện tại."),
        )
    thing.state = target


def locked[M: models.Model](thing: M, base_version: int | None, *related: str) -> M:
    """The row as it is now, locked; Stale when the form was opened on an older one. None: nobody typed on a form."""
    rows = type(thing)._default_manager.select_for_update(of=("self",))
    current = rows.select_related(*related).get(pk=thing.pk) if related else rows.get(pk=thing.pk)
    if base_version is not None and current.version != base_version:  # type: ignore[attr-defined]
        raise Stale(
            _("Có người đã cập nhật sau khi bạn mở trang."), _("Tải lại trang, xem thay đổi rồi làm lại phần của bạn.")
        )
    return current


def kept(thing: Any) -> None:
    thing.version += 1
    thing.save()


def demand_reason(reason: str) -> str:
    if not (text := " ".join(reason.split())):
        raise ReasonMissing(_("Chưa ghi lý do."), _("Ghi ngắn gọn vì sao; lý do được giữ lại."))
    return text[:500]


def of_council(council: Council) -> Subject:
    return Subject("council", str(council.pk), council.name, council.place)


def of_batch(batch: Batch) -> Subject:
    return Subject("batch", str(batch.pk), batch.name, batch.place)


def of_case(case: Case) -> Subject:
    return Subject("case", str(case.pk), f"{case.reference} {case.title}"[:300], case.batch.place)


def of_session(session: Session) -> Subject:
    return Subject("session", str(session.pk), str(session)[:300], session.council.place)


def of_decision(decision: Decision) -> Subject:
    return Subject("decision", str(decision.pk), decision.batch.name, decision.batch.place)
