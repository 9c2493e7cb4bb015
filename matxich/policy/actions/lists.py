"""Taking away every firm of a list with what the law gives it; who, what and why is in the ledger first."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import demand
from matxich.ledger.actions import Subject, record
from matxich.policy.actions.reports import PurposeMissing
from matxich.policy.law import law as law_now
from matxich.policy.permissions import may_simulate
from matxich.policy.queries.lists import Judgement, list_pieces
from matxich.registry.search import Query


@transaction.atomic
def take_list(
    *, judgement: Judgement, query: Query, verdict: str, purpose: str, about: Sequence[tuple[str, str]], by: Actor,
    at: datetime,
) -> Iterator[bytes]:  # fmt: skip
    demand(may_simulate(by))
    if not (purpose := purpose.strip()):
        raise PurposeMissing(_("Chưa ghi mục đích."), _("Ghi ngắn gọn danh sách dùng vào việc gì."))
    asked = judgement.asked
    record(
        by=by,
        at=at,
        action="policy.list_export",
        on=Subject("enterprise_list", "officials"),
        after={
            "filters": {name: list(values) for name, values in query.filters.items() if values},
            "map": query.boundaries, "content": asked.content, "budget": asked.budget, "on": asked.on,
            "verdict": verdict, "rows": len(judgement.places(verdict)),
        },
        reason=purpose,
        rule=law_now().version,
        personal={"text": query.text} if query.text else None,
        subject=by.id,
    )  # fmt: skip
    return list_pieces(judgement, verdict, about)
