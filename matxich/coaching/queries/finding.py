"""Firms to put on a longlist: by name, tax code or registry id, within the place of the round."""

from dataclasses import dataclass

from django.db.models import Q

from matxich.coaching.models import Cohort, Participant
from matxich.places.queries import name_of
from matxich.registry.models import Enterprise
from matxich.registry.queries import visible_enterprises
from matxich.registry.search.asking import search
from matxich.registry.search.query import Query
from matxich.rulebook.identifiers import make_registry_id, parse_registry_id

MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """`inside`: it is in this round; `rounds`: how many it was or is in, of any programme."""

    enterprise: Enterprise
    registry_id: str
    place: str
    inside: bool
    rounds: int


def found_firms(text: str, cohort: Cohort) -> list[Found]:
    """The first twenty; nothing for an empty question."""
    if not text.strip():
        return []
    pk = parse_registry_id(text.strip())
    ids = [pk] if pk else [hit[0] for hit in search(Query(text=text, audience="officials", limit=MOST)).hits]
    wanted = Q(pk__in=ids) | Q(tax_code=text.strip())
    firms = visible_enterprises().filter(wanted)
    if cohort.place:
        firms = firms.filter(province_34=cohort.place)
    found = list(firms[:MOST])
    counted: dict[int, list[int]] = {}
    for enterprise, round_ in Participant.objects.filter(enterprise__in=found).values_list("enterprise", "cohort"):
        counted.setdefault(enterprise, []).append(round_)
    order = {pk: place for place, pk in enumerate(ids)}
    found.sort(key=lambda firm: order.get(firm.pk, MOST))
    return [
        Found(
            firm, make_registry_id(firm.pk), name_of(firm.province_34), cohort.pk in counted.get(firm.pk, ()),
            len(counted.get(firm.pk, ())),
        )
        for firm in found
    ]  # fmt: skip
