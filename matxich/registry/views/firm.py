"""One enterprise: everybody's page, the officials' passport, where a statement came from, corrections."""

from datetime import date, datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from matxich.kit.access import access, anyone, open_personal
from matxich.kit.actor import ANONYMOUS, Actor
from matxich.kit.doorway import Request, number_of, sentence
from matxich.kit.refusals import Refusal, Stale
from matxich.registry import actions, queries
from matxich.registry.forms.firm import DayForm, FactForm, RevealForm, WithdrawForm
from matxich.registry.forms.term_items import FACETS as TERM_FIELDS
from matxich.registry.forms.term_items import fact_form
from matxich.registry.models import Enterprise, Source, Statement
from matxich.registry.permissions import (
    may_edit_field,
    may_edit_officially,
    may_edit_statement,
    may_merge_here,
    may_open_passport,
    may_see_statement,
    may_state_on_behalf,
)
from matxich.registry.queries.attachments import papers_behind, public_photos
from matxich.registry.queries.firm_history import (
    current_text,
    history_page,
    latest_events,
    said_now,
    said_of_field,
    told_before,
)
from matxich.registry.queries.firm_page import firm_page
from matxich.registry.queries.items import editable_codes
from matxich.registry.queries.merge_pages import absorbed
from matxich.registry.queries.showing import shown
from matxich.registry.states import SourceKind
from matxich.rulebook.identifiers import make_registry_id, parse_registry_id
from matxich.rulebook.passport import FIELDS, field_of

# What a new source is, by how well it backs the value it is named for.
SOURCE_KINDS = {0: SourceKind.SELF_DECLARED, 3: SourceKind.VISIT, 4: SourceKind.VISIT}


def enterprise_of(registry_id: str) -> Enterprise:
    if found := queries.enterprise_by_registry_id(registry_id):
        return found
    raise Http404(_("Không có hồ sơ mang mã này."))


def public_enterprise_of(registry_id: str) -> Enterprise:
    found = enterprise_of(registry_id)
    if queries.public_enterprises().filter(pk=found.pk).exists():
        return found
    raise Http404(_("Không có hồ sơ công khai mang mã này."))


def statement_of(registry_id: str, statement: int) -> Statement:
    """A statement told of a record merged away is one of the record it speaks through."""
    enterprise = enterprise_of(registry_id)
    found = queries.history(enterprise).filter(pk=statement).first()
    if found is None:
        raise Http404
    found.enterprise = enterprise
    return found


def field_statement(registry_id: str, field: str) -> tuple[Enterprise, str]:
    if field not in FIELDS or field_of(field).audience == "private" or field_of(field).structured:
        raise Http404
    return enterprise_of(registry_id), field


def _asked_day(request: Request) -> tuple[date | None, str]:
    """The day asked for, None for today; and what to tell the reader when the day cannot be used."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return None, " ".join(str(error) for errors in form.errors.values() for error in errors)
    asked, today = form.cleaned_data["on"], timezone.localdate()
    if asked and asked > today:
        return None, _("Ngày chưa đến; đang hiện hồ sơ hôm nay.")
    return (asked if asked and asked < today else None), ""


def _moved(request: Request, route: str, enterprise: Enterprise) -> HttpResponse | None:
    """To the identifier in force, when another way of writing it or a merged one was asked for.

    A browser may keep the former for ever; a merge may be taken back.
    """
    here = _url(route, enterprise)
    if request.path == here:
        return None
    asked = request.META["QUERY_STRING"]
    asked_for = parse_registry_id(request.path.rstrip("/").rpartition("/")[2])
    return redirect(f"{here}?{asked}" if asked else here, permanent=asked_for == enterprise.pk)


@access(anyone, on=public_enterprise_of)
def firm(request: Request, enterprise: Enterprise) -> HttpResponse:
    if moved := _moved(request, "registry:firm", enterprise):
        return moved
    on, problem = _asked_day(request)
    page = firm_page(enterprise, actor=ANONYMOUS, today=timezone.localdate(), on=on, public=True)
    context = {"page": page, "problem": problem, "photos": public_photos(enterprise)}
    return render(request, "registry/firm.html", context)


@access(may_open_passport, on=enterprise_of)
def passport(request: Request, enterprise: Enterprise) -> HttpResponse:
    """The officials' page. An old or merged identifier leads to the one in force."""
    if moved := _moved(request, "registry:passport", enterprise):
        return moved
    on, problem = _asked_day(request)
    page = firm_page(enterprise, actor=request.actor, today=timezone.localdate(), on=on, public=False)
    context = {
        "page": page,
        "problem": problem,
        "events": latest_events(page.id),
        "fields": [(code, _(FIELDS[code].label)) for code in editable_codes()],
    }
    context |= {"absorbed": absorbed(enterprise), "may_merge": bool(may_merge_here(request.actor, enterprise))}
    context |= {"may_help": bool(may_state_on_behalf(request.actor, enterprise))}
    return render(request, "registry/passport.html", context)


@access(may_see_statement, on=statement_of, methods=("GET", "POST"))
def provenance(request: Request, statement: Statement) -> HttpResponse:
    """Where one statement came from, down to the cell; a personal one opens for a reason that is kept."""
    field, enterprise, opened = field_of(statement.field), statement.enterprise, not field_of(statement.field).personal
    form = RevealForm(request.POST if request.method == "POST" else None)
    if field.personal and form.is_valid():
        subject = ("enterprise", make_registry_id(enterprise.pk))
        reason = form.cleaned_data["reason"]
        open_personal(by=request.actor, at=timezone.now(), subject=subject, fields=[field.code], reason=reason)
        opened = True
    context = {
        "told": queries.provenance(statement),
        "papers": papers_behind(statement, request.actor),
        "id": make_registry_id(enterprise.pk),
        "enterprise": enterprise,
        "label": _(field.label),
        "level": min(3, statement.verification),
        "value": shown(statement.field, statement.value) if opened else "",
        "opened": opened,
        "form": form,
        "withdraw": WithdrawForm(initial={"base_version": enterprise.version}, auto_id="withdraw_%s")
        if may_edit_officially(request.actor, enterprise)
        else None,
        "neighbours": said_of_field(statement),
    }
    response = render(request, "registry/provenance.html", context)
    if field.personal:
        add_never_cache_headers(response)
    return response


@access(may_edit_field, on=field_statement, methods=("GET", "POST"))
def state_fact(request: Request, asked: tuple[Enterprise, str]) -> HttpResponse:
    """A new value with its source and reason. `?theo=` begins with what another source says."""
    enterprise, field = asked
    if not may_edit_officially(request.actor, enterprise):
        return redirect("registry:own_fact", registry_id=make_registry_id(enterprise.pk), field=field)
    form = _fact_form(request, enterprise, field)
    if form.is_valid():
        try:
            return _state(request, enterprise, field, form)
        except Stale:
            enterprise.refresh_from_db()
            form.begin_again(enterprise.version)
        except Refusal as refusal:
            form.add_error("value" if refusal.status == 422 and "value" in form.fields else None, sentence(refusal))
    context = {
        "form": form,
        "terms": field in TERM_FIELDS,
        "enterprise": enterprise,
        "id": make_registry_id(enterprise.pk),
        "label": _(FIELDS[field].label),
        "current": current_text(enterprise, field),
        "rows": said_now(enterprise, field, request.actor),
        "field": field,
    }
    return render(request, "registry/state_fact.html", context, status=422 if form.errors else 200)


def _fact_form(request: Request, enterprise: Enterprise, field: str) -> FactForm:
    more = {"field": field} if field in TERM_FIELDS else {}
    return fact_form(field, own=False)(request.POST or None, initial=_first_values(request, enterprise, field), **more)


def _first_values(request: Request, enterprise: Enterprise, field: str) -> dict[str, object]:
    initial: dict[str, object] = {"as_of": timezone.localdate(), "verification": 2, "base_version": enterprise.version}
    told = number_of(request.GET.get("theo"))
    if told and not field_of(field).personal:
        initial |= told_before(enterprise, field, told)
    return initial


def source_of(chosen: Source | None, name: str, verification: int, by: Actor, at: datetime) -> Source:
    """The source chosen on a form, or a new one of the kind that backs a value so well."""
    kind = SOURCE_KINDS.get(verification, SourceKind.DOCUMENT)
    return chosen or actions.source_named(name=name, by=by, at=at, kind=kind)


@transaction.atomic
def _state(request: Request, enterprise: Enterprise, field: str, form: FactForm) -> HttpResponse:
    typed, now = dict(form.cleaned_data), timezone.now()
    source = source_of(typed.pop("source"), typed.pop("new_source"), typed["verification"], request.actor, now)
    actions.state_fact(enterprise=enterprise, field=field, source=source, by=request.actor, at=now, **typed)
    messages.success(request, _("Đã ghi vào hồ sơ, kèm nguồn và lý do."))
    return redirect("registry:passport", registry_id=make_registry_id(enterprise.pk))


@access(may_edit_statement, on=statement_of, methods=("POST",))
def withdraw(request: Request, statement: Statement) -> HttpResponse:
    form = WithdrawForm(request.POST)
    registry_id = make_registry_id(statement.enterprise_id)
    if not form.is_valid():
        messages.error(request, _("Ghi lý do trước khi rút thông tin."))
        return redirect("registry:provenance", registry_id=registry_id, statement=statement.pk)
    actions.withdraw_statement(statement=statement, by=request.actor, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Đã rút thông tin. Lịch sử vẫn giữ bản ghi này."))
    return redirect("registry:passport", registry_id=registry_id)


@access(may_open_passport, on=enterprise_of)
def history(request: Request, enterprise: Enterprise) -> HttpResponse:
    """Everything ever said of the enterprise, withdrawn and undone included."""
    rows, more = history_page(enterprise, request.actor, number_of(request.GET.get("before")))
    context = {"enterprise": enterprise, "id": make_registry_id(enterprise.pk), "rows": rows, "more": more}
    return render(request, "registry/history.html", context)


def _url(route: str, enterprise: Enterprise) -> str:
    return reverse(route, args=[make_registry_id(enterprise.pk)])


@access(may_edit_officially, on=enterprise_of)
def choose_field(request: Request, enterprise: Enterprise) -> HttpResponse:
    """From the select box on the passport to the form of that field."""
    field = request.GET.get("field", "")
    if field not in FIELDS:
        return redirect("registry:passport", registry_id=make_registry_id(enterprise.pk))
    route = "registry:item" if field_of(field).structured else "registry:state_fact"
    return redirect(route, registry_id=make_registry_id(enterprise.pk), field=field)
