"""A firm's contact asked to be erased: what names or reaches a person goes, and each place says so."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from matxich.accounts.permissions import may_administer
from matxich.files.actions import quarantine
from matxich.files.models import StoredFile
from matxich.kit.actor import Actor
from matxich.kit.personal import ERASED, wipe
from matxich.kit.refusals import demand
from matxich.ledger.actions import erase_subject, record
from matxich.ledger.models import SubjectKey
from matxich.registry.actions.facts import subject_of
from matxich.registry.actions.moves import hold_still
from matxich.registry.actions.projecting import refold
from matxich.registry.actions.reaching import is_personal, personal_columns, unlinked_rows_reaching
from matxich.registry.actions.waiting import NoSuchEnterprise
from matxich.registry.models import (
    Attachment,
    Claim,
    ConfirmationLink,
    Enterprise,
    Import,
    ImportRow,
    StagedProjection,
    Statement,
    Visit,
)
from matxich.registry.queries.cells import Layout
from matxich.registry.queries.families import families, kept_of
from matxich.registry.states import Outcome, Visibility
from matxich.rulebook.passport import field_of

REASON = _("chứa dữ liệu cá nhân đã xóa theo yêu cầu; muốn nhập lại thì bỏ người đó khỏi danh sách")
ERASED_NUMBER = {"text": ERASED}
_OWN_KEY = (Outcome.QUEUED, Outcome.REJECTED)


@transaction.atomic
def erase_contacts(*, number: int, by: Actor, at: datetime) -> None:
    """Wipe every personal field of one enterprise: statements of any state, the cells they came from, foreseen values.

    Records merged with it are wiped with it. So are the cells of rows that wait or were not taken in and reach the
    same people, and the samples its lists' columns were shown by. The lists' own files cannot lose one cell: they are
    quarantined, as are papers of the firm that are not public. Raises Denied, NoSuchEnterprise. The key of
    "enterprise:<number>", under which persons' numbers are sealed, is deleted by the erasure that calls this.
    """
    demand(may_administer(by))
    family = families([kept := kept_of([number])[number]])[kept]
    unlinked = _held_rows(family, unlinked_rows_reaching(family))
    enterprise = _held(family)
    personal = [told for told in Statement.objects.filter(enterprise__in=family) if field_of(told.field).personal]
    rows = _wipe_rows([*_told_in(family), *unlinked], personal, by, at)
    _wipe_samples({row.batch for row in rows})
    for told in personal:
        told.raw, told.value = "", ERASED_NUMBER if told.field == "person_id" else ERASED
    Statement.objects.bulk_update(personal, ["raw", "value"], batch_size=500)
    _wipe_foreseen(family)
    refold(family, including=enterprise.first_import_id)
    for other in family:
        if other != number:
            erase_subject(by=by, at=at, subject=f"enterprise:{other}", reason="")
    wipe_visits(family)
    wipe("registry.Claim", Claim.objects.filter(enterprise__in=family, claimant=None).values_list("pk", flat=True))
    wipe(
        "registry.ConfirmationLink", ConfirmationLink.objects.filter(enterprise__in=family).values_list("pk", flat=True)
    )
    papers = Attachment.objects.filter(enterprise__in=family).exclude(visibility=Visibility.PUBLIC)
    hashes = {row.batch.file_sha256 for row in rows} | set(papers.values_list("file__sha256", flat=True))
    files = _quarantine_files(hashes, by, at)
    after = {"statements": len(personal), "rows": len(rows), "files": files}
    record(by=by, at=at, action="enterprise.erase_contacts", on=subject_of(enterprise), after=after)


def wipe_visits(family: list[int]) -> None:
    """Remarks may name people; whom visitors met is sealed under the key that goes with the record's."""
    for visit in Visit.objects.filter(enterprise__in=family):
        visit.note = ERASED if visit.note else ""
        for found in visit.findings.values():
            found["says"] = ERASED if found["says"] else ""
        visit.save(update_fields=["note", "findings"])


@transaction.atomic
def erase_claims(*, number: int, by: Actor, at: datetime) -> None:
    """What one person wrote when asking to manage firms' records; the papers handed in cannot be opened any more."""
    claims = Claim.objects.filter(claimant=number)
    wipe("registry.Claim", claims.values_list("pk", flat=True))
    _quarantine_files(Attachment.objects.filter(claim__in=claims).values_list("file__sha256", flat=True), by, at)


def _held(family: list[int]) -> Enterprise:
    """All records of the family are locked; the one that stands for it."""
    hold_still(*Enterprise.objects.filter(pk__in=family).values_list("first_import_id", flat=True))
    held = {one.pk: one for one in Enterprise.objects.select_for_update().filter(pk__in=family).order_by("id")}
    if found := held.get(family[0]):
        return found
    raise NoSuchEnterprise(_("Không có hồ sơ doanh nghiệp mang mã này."), _("Xem lại mã hồ sơ, ví dụ MX-004127-0."))


def _held_rows(family: list[int], unlinked: list[int]) -> list[ImportRow]:
    """Locked before the enterprise, in the order of those who decide a waiting row; one decided meanwhile is not here.

    All lists that will be touched are locked first, as whoever publishes or undoes one does.
    """
    rows = ImportRow.objects.filter(pk__in=unlinked)
    told = Statement.objects.filter(enterprise__in=family, batch__isnull=False)
    lists = {*rows.values_list("batch_id", flat=True), *told.values_list("batch_id", flat=True)}
    firsts = Import.objects.filter(repetitions__in=lists).values_list("pk", flat=True)
    list(Import.objects.select_for_update(of=("self",)).filter(pk__in={*lists, *firsts}).order_by("id"))
    held = rows.select_for_update(of=("self",)).select_related("batch", "batch__repeats").order_by("id")
    return [row for row in held if row.enterprise_id is None]


def _told_in(family: list[int]) -> QuerySet[ImportRow]:
    numbers = Statement.objects.filter(enterprise__in=family, row__isnull=False).values_list("row_id", flat=True)
    return ImportRow.objects.filter(pk__in=set(numbers)).select_related("batch", "batch__repeats").order_by("id")


def _wipe_rows(rows: list[ImportRow], personal: list[Statement], by: Actor, at: datetime) -> list[ImportRow]:
    """The cells of these rows; the rows in which something was wiped."""
    columns: dict[int, set[str]] = defaultdict(set)
    for told in personal:
        if told.row_id:
            columns[told.row_id].add(told.column)
    sealed = {f"import_row:{row.pk}" for row in rows if row.outcome in _OWN_KEY}
    wiped = [row for row in rows if _wipe_row(row, columns[row.pk])]
    ImportRow.objects.bulk_update(wiped, ["cells", "warnings", "values", "rejected", "digest"], batch_size=500)
    for subject in SubjectKey.objects.filter(subject__in=sealed).values_list("subject", flat=True).distinct():
        erase_subject(by=by, at=at, subject=subject, reason="")
    return wiped


def _wipe_row(row: ImportRow, told: Iterable[str]) -> bool:
    gone = personal_columns(row, Layout(row.batch)) | (set(told) & row.cells.keys())
    row.cells |= dict.fromkeys(gone, ERASED)
    if row.rejected and row.rejected["column"] in gone:
        row.rejected["value"] = ERASED
    for warning in row.warnings:
        if warning["column"] in gone:
            warning["value"] = ERASED
    row.values = row.values and [_wiped(*fact) for fact in row.values]
    row.digest = None if gone else row.digest
    return bool(gone)


def _wiped(code: str, value: Any, column: str) -> list[Any]:
    if not field_of(code).personal:
        return [code, value, column]
    return [code, ERASED_NUMBER if code == "person_id" else ERASED, column]


def _wipe_samples(batches: Iterable[Import]) -> None:
    """A column is shown by its first values: those that name or reach a person go."""
    for batch in sorted({(batch.repeats or batch).pk for batch in batches}):
        holder = Import.objects.get(pk=batch)
        for column in (column for table in holder.mapping.get("tables", ()) for column in table["columns"]):
            column["samples"] = [text for text in column["samples"] if not is_personal(column, text)]
        Import.objects.filter(pk=batch).update(mapping=holder.mapping)


def _wipe_foreseen(family: list[int]) -> None:
    """What a list not published yet would have shown; it is worked out anew then, since the version moves."""
    for staged in StagedProjection.objects.filter(enterprise__in=family):
        for code in filter(lambda code: field_of(code).personal, list(staged.passport)):
            del staged.passport[code]
        staged.person_hash = None
        staged.save(update_fields=["passport", "person_hash"])


def _quarantine_files(hashes: Iterable[str], by: Actor, at: datetime) -> int:
    stored = list(StoredFile.objects.filter(Q(sha256__in=set(hashes)), quarantined=False).order_by("id"))
    for file in stored:
        quarantine(by=by, at=at, stored=file, reason=str(REASON))
    return len(stored)
