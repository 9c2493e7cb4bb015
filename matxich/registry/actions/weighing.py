"""A source is trusted otherwise than before: every record it speaks of is weighed anew, a few at a time.

`Source.weighed_to` says how far; whoever is interrupted, or would keep a page waiting, leaves the rest to the worker.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from matxich.registry.actions.projecting import refold
from matxich.registry.models import Enterprise, Source, StagedProjection, Statement
from matxich.registry.queries.enterprises import PUBLISHED
from matxich.registry.queries.families import kept_of
from matxich.registry.states import ImportState

CHUNK = 200


def weigh_anew(source: int, *, at_most: int) -> int:
    """Refold up to about so many records of a source whose weighing has begun; how many were."""
    done = 0
    while done < at_most and (some := _weigh_some(source)):
        done += some
    return done


def weigh_what_is_left(*, at_most: int) -> int:
    """Go on with every weighing that was left unfinished; how many records were refolded."""
    begun = Source.objects.filter(weighed_to__isnull=False).order_by("id").values_list("pk", flat=True)
    return sum(weigh_anew(source, at_most=at_most) for source in list(begun))


@transaction.atomic
def _weigh_some(number: int) -> int:
    source = Source.objects.select_for_update(of=("self",)).get(pk=number)
    if source.weighed_to is None:
        return 0
    some = _spoken_of(source, source.weighed_to)
    source.weighed_to = some[-1] if len(some) == CHUNK else None
    source.save(update_fields=["weighed_to"])
    heads = sorted(set(kept_of(some).values()) | set(some))
    list(Enterprise.objects.select_for_update(of=("self",)).filter(pk__in=heads).order_by("id"))
    refold(heads)
    return len(some)


def _spoken_of(source: Source, after: int) -> list[int]:
    """Records in sight of which the source speaks, or will once a list of its that waits is published."""
    standing = Q(batch__isnull=True) | Q(batch__state=ImportState.PUBLISHED)
    told = Statement.objects.filter(standing, enterprise=OuterRef("pk"), source=source, withdrawn_at__isnull=True)
    foreseen = StagedProjection.objects.filter(enterprise=OuterRef("pk"), batch__source=source)
    about = Enterprise.objects.filter(PUBLISHED, Exists(told) | Exists(foreseen), pk__gt=after)
    return list(about.order_by("id").values_list("pk", flat=True)[:CHUNK])
