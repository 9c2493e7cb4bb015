"""Taking a list away in a file: who may, how much, and what is written of it before the first row leaves."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matxich.documents.spreadsheets import MOST_ROWS
from matxich.kit.access import record_export
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.kit.templatetags.mx import number
from matxich.ledger.actions import Subject, record
from matxich.registry.permissions import may_export_contacts
from matxich.registry.queries.exports import CONTACT_FIELDS, Export
from matxich.registry.search import Query, Unavailable, every_id, search

FORMATS = ("xlsx", "csv")
FOR_EVERYBODY = 1_000


class NotNow(Refusal):
    """There is no index to ask: half a list must not pass for the whole."""

    code = "index_not_ready"
    status = 503


class NothingFound(Refusal):
    code = "nothing_to_export"


class TooLong(Refusal):
    code = "too_many_rows"


class PurposeMissing(Refusal):
    code = "purpose_missing"
    status = 422


@transaction.atomic
def begin_export(
    *, by: Actor, at: datetime, query: Query, export: Export, form: str, purpose: str
) -> tuple[int, Iterable[int]]:
    """How many rows the file will have, and the ids of the enterprises in it, once who takes what and why is recorded.

    `form` is xlsx or csv. Officials say why; everybody else may, and gets at most FOR_EVERYBODY rows unless signed in.
    Personal columns are recorded in the log of personal data as well.
    """
    purpose = purpose.strip()
    if not export.public and not purpose:
        raise PurposeMissing(_("Chưa ghi mục đích."), _("Ghi ngắn gọn danh sách dùng vào việc gì."))
    if export.contacts:
        demand(may_export_contacts(by))
    rows, ids = _found(query)
    if by.kind == "anonymous":
        rows = min(rows, FOR_EVERYBODY)
    if form == "xlsx" and rows >= MOST_ROWS:
        said = _("Một trang tính chứa tối đa %(n)s dòng.") % {"n": number(MOST_ROWS - 1)}
        raise TooLong(said, _("Chọn csv, hoặc thêm bộ lọc."))
    record(
        by=by,
        at=at,
        action="registry.export",
        on=Subject("enterprise_list", "public" if export.public else "officials"),
        after=_what(query) | {"rows": rows, "columns": list(export.columns), "format": form},
        reason=purpose,
        personal={"text": query.text} if query.text else None,
        subject=by.id,
    )
    if export.contacts:
        record_export(by=by, at=at, what="enterprise", fields=CONTACT_FIELDS, rows=rows, reason=purpose)
    return rows, ids


def _found(query: Query) -> tuple[int, Iterable[int]]:
    results = search(query)
    try:
        if results.degraded:
            raise Unavailable("degraded")
        ids = every_id(query)
    except Unavailable as error:
        said = _("Chỉ mục tìm kiếm đang được lập lại nên chưa tải đủ danh sách được.")
        raise NotNow(said, _("Hãy thử lại sau vài phút.")) from error
    if not results.total:
        raise NothingFound(
            _("Không có doanh nghiệp nào khớp nên không có gì để tải."), _("Bớt chữ hoặc bỏ một bộ lọc.")
        )
    return results.total, ids


def _what(query: Query) -> dict[str, object]:
    """The question; its words, which may name a person, are kept apart."""
    filters = {name: list(values) for name, values in query.filters.items() if values}
    told = {"filters": filters, "sort": query.sort, "map": query.boundaries, "audience": query.audience}
    return told | ({"on": query.on} if query.on else {})
