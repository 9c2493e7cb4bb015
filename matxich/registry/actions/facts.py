"""What officers state about one enterprise: a new record, a corrected fact, a fact withdrawn."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, Stale, demand
from matxich.ledger.actions import Subject, record
from matxich.registry.actions.declaring import demand_own, own_statements, own_word, speaks_as_firm
from matxich.registry.actions.moves import hold_still
from matxich.registry.actions.projecting import refold
from matxich.registry.actions.values import BadValue, sealed_person_ids, stated
from matxich.registry.models import Enterprise, Merge, Source, Statement
from matxich.registry.permissions import may_create, may_edit_field, may_edit_officially
from matxich.registry.queries.families import kept_of
from matxich.registry.states import ImportState, Kind, Verification, Visibility
from matxich.rulebook.identifiers import make_registry_id, parse_tax_code
from matxich.rulebook.passport import field_of

AUDIENCE = {"public": Visibility.PUBLIC, "officials": Visibility.OFFICIALS, "private": Visibility.PRIVATE}


class TaxCodeTaken(Refusal):
    """Another enterprise already has this tax code."""

    code = "tax_code_taken"


class NotInRegister(Refusal):
    """Nobody can see this enterprise, so nobody edits it."""

    code = "not_in_register"


class AlreadyWithdrawn(Refusal):
    code = "already_withdrawn"


def subject_of(enterprise: Enterprise) -> Subject:
    """The enterprise as the ledger names it."""
    return Subject(
        "enterprise",
        make_registry_id(enterprise.pk),
        enterprise.name,
        enterprise.commune_34 or enterprise.province_34,
    )


@transaction.atomic
def create_enterprise(
    *,
    facts: Mapping[str, Any],
    source: Source,
    as_of: date,
    by: Actor,
    at: datetime,
    kind: str = Kind.ENTERPRISE,
    verification: int = Verification.DECLARED,
    reason: str = "",
    is_demo: bool = False,
) -> Enterprise:
    """Open a record from facts as typed (field code → value). One that only an unpublished list knew is taken over.

    Raises BadValue, TaxCodeTaken, Denied (outside the actor's territory).
    """
    values = {field: stated(field, typed, latest_year=at.year) for field, typed in facts.items()}
    if "name" not in values:
        raise BadValue(_("Hồ sơ cần có tên."), _("Nhập tên theo giấy đăng ký."))
    place = values.get("address") or values.get("site_address") or {}
    demand(may_create(by, tuple(code for name in ("commune_34", "province_34") if (code := place.get(name)))))
    enterprise = _unpublished_holder(values) or Enterprise.objects.create(
        name=values["name"][:300], kind=kind, is_demo=is_demo, created_at=at
    )
    Enterprise.objects.filter(pk=enterprise.pk).update(first_import=None)
    for field, value in values.items():
        put_statement(enterprise, field, value, source, as_of, verification, by, at)
    refold([enterprise.pk])
    enterprise.refresh_from_db()
    record(
        by=by, at=at, action="enterprise.create", on=subject_of(enterprise), after=_impersonal(values), reason=reason
    )
    return enterprise


@transaction.atomic
def state_fact(
    *,
    enterprise: Enterprise,
    field: str,
    value: Any,
    source: Source,
    as_of: date,
    by: Actor,
    at: datetime,
    base_version: int,
    verification: int = Verification.DECLARED,
    reason: str = "",
    replaces: bool = False,
    instead_of: int | None = None,
    raw: str = "",
) -> Statement:
    """Add what somebody knows. `replaces` says the statement shown until now is wrong: it stops counting.

    Of a field with several items told in parts, `instead_of` is the one statement that stops counting, and `raw` the
    words of a list that the value reads; DENIED says that what they tell is not so.

    A firm states of itself by the same way: its word is self-declared whatever is passed, and replaces its own alone.
    Raises Stale when somebody changed the record since `base_version`, BadValue, TaxCodeTaken, Denied.
    """
    current = locked_for_stating(enterprise, base_version)
    demand(may_edit_field(by, (current, field)))
    as_firm = speaks_as_firm(by, current)
    if as_firm:
        source, verification, raw = own_word(by=by, at=at), Verification.DECLARED, ""
    shown = current.passport.get(field, {})
    kept = stated(field, value, latest_year=at.year)
    if field == "tax_code":
        _demand_free(kept, current)
    wrong = {item[1] for item in shown.get("m", [])} | ({shown["s"]} if "s" in shown else set())
    if not replaces:
        wrong &= {instead_of}
    former = Statement.objects.filter(pk__in=wrong)
    if as_firm:
        own = own_statements(current, field, source)
        former = own if replaces else own.filter(pk__in=wrong)
        demand_own(kept, former)
    replaced = list(former.values_list("pk", flat=True))
    statement = put_statement(current, field, kept, source, as_of, verification, by, at, raw)
    Statement.objects.filter(pk__in=replaced).update(superseded_by=statement)
    refold([current.pk])
    before = shown.get("v") if "v" in shown else [item[0] for item in shown.get("m", [])]
    record(
        by=by,
        at=at,
        action="enterprise.state_fact",
        on=subject_of(current),
        before=_impersonal({field: before}),
        after=_impersonal({field: statement.value}) | {"statement": statement.pk, "replaces": replaces},
        reason=reason,
    )
    return statement


@transaction.atomic
def withdraw_statement(*, statement: Statement, by: Actor, at: datetime, base_version: int, reason: str) -> None:
    """Take back one statement, with a reason; what it had replaced counts again."""
    current = locked_for_stating(kept_record(statement.enterprise), base_version)
    demand(may_edit_officially(by, current))
    withdrawn = Statement.objects.filter(pk=statement.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
    if not withdrawn:
        raise AlreadyWithdrawn(_("Thông tin này đã được rút lại trước đó."), _("Tải lại trang để xem hồ sơ hiện tại."))
    refold([current.pk])
    record(
        by=by,
        at=at,
        action="enterprise.withdraw_statement",
        on=subject_of(current),
        before=_impersonal({statement.field: statement.value}) | {"statement": statement.pk},
        reason=reason,
    )


def locked_for_stating(enterprise: Enterprise, base_version: int | None) -> Enterprise:
    """The record held still and in the register. `base_version` None: whatever happened to it meanwhile."""
    hold_still(Enterprise.objects.values_list("first_import_id", flat=True).get(pk=enterprise.pk))
    current = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    if not is_visible(current):
        raise NotInRegister(
            _("Hồ sơ này không còn trong sổ: danh sách đưa nó vào đã được hoàn tác."),
            _("Tạo hồ sơ mới nếu doanh nghiệp vẫn cần có trong sổ."),
        )
    if current.merged_into_id is not None:
        raise NotInRegister(
            _("Hồ sơ này đã gộp vào hồ sơ %(id)s.") % {"id": make_registry_id(kept_record(current).pk)},
            _("Mở hồ sơ đó và làm việc ở đó."),
        )
    if base_version is not None:
        demand_version(current, base_version)
    return current


def demand_version(current: Enterprise, base_version: int) -> None:
    """Raises Stale when somebody changed the record since the page was opened."""
    if current.version != base_version:
        raise Stale(
            _("Hồ sơ đã được người khác cập nhật sau khi bạn mở trang."),
            _("Tải lại trang, xem thay đổi rồi nhập lại phần của bạn."),
        )


def kept_record(enterprise: Enterprise) -> Enterprise:
    """The record that stands for this one: itself unless it was merged away."""
    kept = kept_of([enterprise.pk])[enterprise.pk]
    return enterprise if kept == enterprise.pk else Enterprise.objects.get(pk=kept)


def put_statement(
    enterprise: Enterprise,
    field: str,
    value: Any,
    source: Source,
    as_of: date,
    verification: int,
    by: Actor,
    at: datetime,
    raw: str = "",
) -> Statement:
    """Write one statement of a value as it is kept, for callers that have asked whether it may happen; no refold."""
    if field == "person_id":
        value = sealed_person_ids({enterprise.pk: str(value)}, at)[enterprise.pk]
    return Statement.objects.create(
        enterprise=enterprise,
        field=field,
        value=value,
        raw=raw,
        source=source,
        as_of=as_of,
        verification=verification,
        visibility=_visibility(field, value),
        recorded_at=at,
        recorded_by=by.id,
    )


def _visibility(field: str, value: Any) -> int:
    """As the field is meant for; a contact says itself who may see it."""
    asked = value.get("visibility") if field == "contact" else None
    return AUDIENCE[asked or field_of(field).audience]


def _unpublished_holder(values: Mapping[str, Any]) -> Enterprise | None:
    """Who holds the tax code, when nobody can see them yet; raises TaxCodeTaken when everybody can."""
    code = values.get("tax_code")
    if not code:
        return None
    hold_still(*Enterprise.objects.filter(tax_code=code).values_list("first_import_id", flat=True))
    holder = Enterprise.objects.select_for_update(of=("self",)).filter(tax_code=code).first() or _merged_holder(code)
    if holder and is_visible(holder):
        _refuse_taken(holder)
    return holder


def _demand_free(code: str, enterprise: Enterprise) -> None:
    holder = Enterprise.objects.filter(tax_code=code).exclude(pk=enterprise.pk).first() or _merged_holder(code)
    if holder and holder.pk != enterprise.pk and is_visible(holder):
        _refuse_taken(holder)


def _merged_holder(code: str) -> Enterprise | None:
    """The record kept of a merge in which the other one held the code."""
    merged = Merge.objects.filter(tax_code=code, undone_at__isnull=True).values_list("merged_id", flat=True).first()
    return Enterprise.objects.get(pk=kept_of([merged])[merged]) if merged else None


def _refuse_taken(holder: Enterprise) -> None:
    raise TaxCodeTaken(
        _("Mã số thuế này đã thuộc hồ sơ %(id)s.") % {"id": make_registry_id(holder.pk)},
        _("Mở hồ sơ đó và bổ sung thông tin ở đó."),
    )


def is_visible(enterprise: Enterprise) -> bool:
    """Is the enterprise in the register everybody reads?"""
    return Enterprise.objects.filter(
        Q(first_import__isnull=True) | Q(first_import__state=ImportState.PUBLISHED), pk=enterprise.pk
    ).exists()


def _impersonal(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without personal data, which history keeps only sealed."""
    return {field: value for field, value in values.items() if not field_of(field).personal}


def kind_of_tax_code(code: str) -> str:
    """A dependent unit's code makes a unit; any other an enterprise."""
    return Kind.UNIT if parse_tax_code(code).kind == "unit" else Kind.ENTERPRISE
