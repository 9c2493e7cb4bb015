"""Senders of lists and other origins of facts."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person
from matxich.kit.actor import Actor
from matxich.kit.display import Text
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import Subject, record
from matxich.registry.models import Source
from matxich.registry.permissions import may_import
from matxich.registry.states import SourceKind
from matxich.rulebook.vietnamese.text import fold, squeeze

TRUST = {
    SourceKind.DOCUMENT: 80,
    SourceKind.VISIT: 80,
    SourceKind.AGENCY_LIST: 60,
    SourceKind.ASSOCIATION_LIST: 50,
    SourceKind.BUYER_LIST: 50,
    SourceKind.SELF_DECLARED: 40,
    SourceKind.OUTSIDE: 20,
}


class NamelessSource(Refusal):
    code = "nameless_source"
    status = 422


def source_key(name: str) -> str:
    """What names of one source have in common, however they are spelt."""
    return " ".join(fold(squeeze(name)).split())[:300]


@transaction.atomic
def source_named(
    *,
    name: str,
    by: Actor,
    at: datetime,
    kind: str = SourceKind.AGENCY_LIST,
    agency: Agency | None = None,
    is_demo: bool = False,
) -> Source:
    """The source of this name, however it is spelt; made when there is none. Raises NamelessSource, Denied."""
    name = squeeze(name)
    key = source_key(name)
    if not key:
        raise NamelessSource(_("Chưa có tên nơi gửi danh sách."), _("Ghi tên cơ quan, đơn vị đã gửi danh sách."))
    known = Source.objects.filter(key=key).first()
    if known:
        return known
    demand(may_import(by))
    source, made = Source.objects.get_or_create(
        key=key,
        defaults={
            "name": name[:300],
            "kind": kind,
            "agency_id": agency.pk if agency else _own_agency(by),
            "trust": TRUST[SourceKind(kind)],
            "in_programme": kind != SourceKind.OUTSIDE,
            "is_demo": is_demo,
            "created_at": at,
        },
    )
    if made:
        after = {"name": source.name, "kind": source.kind, "in_programme": source.in_programme}
        record(by=by, at=at, action="source.create", on=Subject("source", str(source.pk), source.name), after=after)
    return source


@transaction.atomic
def standing_source(*, key: str, name: Text, kind: SourceKind, by: Actor, at: datetime) -> Source:
    """A source the system itself keeps: what firms declare, what is seen on site. Made when first needed.

    It says nothing of whom the programme serves, so it takes no firm into it. `name` is kept in Vietnamese.
    """
    with translation.override("vi"):
        named = str(name)
    source, made = Source.objects.get_or_create(
        key=key,
        defaults={"name": named, "kind": kind, "trust": TRUST[kind], "in_programme": False, "created_at": at},
    )
    if made:
        after = {"name": source.name, "kind": source.kind, "in_programme": source.in_programme}
        record(by=by, at=at, action="source.create", on=Subject("source", str(source.pk), source.name), after=after)
    return source


def _own_agency(by: Actor) -> int | None:
    """A source first named in a province is that agency's to look after; one named nationally is nobody's own."""
    if not isinstance(by, Person) or not by.standings or not by.standings[0].scope:
        return None
    return by.standings[0].agency_id
