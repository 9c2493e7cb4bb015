"""What a firm says of itself: one source for all firms, the lowest level, and never in place of another's word."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from matxich.kit.actor import Actor
from matxich.ledger.actions import Subject, record
from matxich.registry.actions.sources import TRUST
from matxich.registry.models import Enterprise, Source, Statement
from matxich.registry.permissions import may_edit_officially
from matxich.registry.queries.families import families
from matxich.registry.states import OWN_WORD, SourceKind, Verification
from matxich.rulebook.capabilities.fields import FIELDS as STRUCTURED


@transaction.atomic
def own_word(*, by: Actor, at: datetime) -> Source:
    """The source of everything firms declare; made when first needed. It takes no firm into the programme."""
    with translation.override("vi"):
        name = str(SourceKind.SELF_DECLARED.label)
    source, made = Source.objects.get_or_create(
        key=OWN_WORD,
        defaults={
            "name": name,
            "kind": SourceKind.SELF_DECLARED,
            "trust": TRUST[SourceKind.SELF_DECLARED],
            "in_programme": False,
            "created_at": at,
        },
    )
    if made:
        after = {"name": source.name, "kind": source.kind, "in_programme": source.in_programme}
        record(by=by, at=at, action="source.create", on=Subject("source", str(source.pk), source.name), after=after)
    return source


def voice(*, enterprise: Enterprise, source: Source, verification: int, by: Actor, at: datetime) -> tuple[Source, int]:
    """Whose word a statement is and at which level: officials name both, a firm speaks for itself whatever is named."""
    if may_edit_officially(by, enterprise):
        return source, verification
    return own_word(by=by, at=at), Verification.DECLARED


def replaced_by(
    *, enterprise: Enterprise, field: str, shown: Collection[int], source: Source, by: Actor
) -> QuerySet[Statement]:
    """The statements a correction puts out of force: for officials those shown, for a firm its own earlier ones.

    Of a field with many items, each a statement of its own, a firm replaces those shown that are its own.
    """
    if may_edit_officially(by, enterprise):
        return Statement.objects.filter(pk__in=shown)
    family = families([enterprise.pk])[enterprise.pk]
    own = Statement.objects.filter(enterprise__in=family, field=field, source=source, superseded_by__isnull=True)
    one_each = field in STRUCTURED and STRUCTURED[field].many
    return own.filter(pk__in=shown) if one_each else own
