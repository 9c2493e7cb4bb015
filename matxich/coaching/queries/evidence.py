"""The evidence of one firm: what was measured and verified, photo pairs, records, signatures, the second look."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from matxich.coaching.models import (
    ActionItem,
    EndMeasurement,
    FollowUp,
    KpiReading,
    Participant,
    Photo,
    Recheck,
    Signature,
)
from matxich.coaching.queries.measures import Version, versions_of
from matxich.coaching.states import ActionState, LogState, Mode, PhotoKind, SessionState, SignatureSide


@dataclass(frozen=True, slots=True)
class Pair:
    """The same place before and after; either may be missing."""

    word: str
    before: Photo | None
    after: Photo | None


@dataclass(frozen=True, slots=True)
class Worked:
    """What went into it: sessions held, hours of experts, logs kept, actions done of all."""

    theory: int
    site: int
    hours: Decimal
    logs: int
    done: int
    actions: int


@dataclass(frozen=True, slots=True)
class Pack:
    participant: Participant
    versions: tuple[Version, ...]
    pairs: tuple[Pair, ...]
    worked: Worked
    finished: tuple[ActionItem, ...]
    measurement: EndMeasurement | None
    signatures: tuple[tuple[Signature, bool], ...]
    rechecks: tuple[Recheck, ...]
    follow_ups: tuple[FollowUp, ...]
    digest: str

    @property
    def signed_sides(self) -> frozenset[str]:
        """Sides that signed what is shown now; an older signature stands beside it and says it is of an older state."""
        return frozenset(one.side for one, current in self.signatures if current)

    @property
    def is_whole(self) -> bool:
        return self.signed_sides == frozenset(SignatureSide.values)


def evidence_digest(participant: Participant) -> str:
    """Of every standing reading and photo: whoever signs, signs exactly these."""
    readings = (
        KpiReading.objects.filter(participant=participant, replaced_at=None, moment__in=["base", "end"])
        .order_by("pk")
        .values_list("pk", "measured__definition__code", "measured__definition__version", "numerator", "denominator")
    )
    photos = (
        participant.photos.filter(removed_at=None, kind__in=[PhotoKind.BEFORE, PhotoKind.AFTER])
        .order_by("pk")
        .values_list("file__sha256", "taken_on")
    )
    told = [f"{pk} {code}@{version} {top.normalize()} {below.normalize() if below is not None else ''}"
            for pk, code, version, top, below in readings]  # fmt: skip
    told += [f"{sha256} {day}" for sha256, day in photos]
    return hashlib.sha256("\n".join([str(participant.pk), *told]).encode()).hexdigest()


def pack_of(participant: Participant) -> Pack:
    """Ten queries, whatever there is."""
    digest = evidence_digest(participant)
    photos = list(participant.photos.filter(removed_at=None).select_related("shown").order_by("taken_on", "pk"))
    sessions = participant.sessions.filter(state=SessionState.HELD)
    counted = dict(sessions.order_by().values_list("mode").annotate(n=Count("pk")))
    theory = participant.cohort.sessions.filter(state=SessionState.HELD, participant=None).count()
    hours = participant.expert_days.aggregate(total=Sum("hours"))["total"] or Decimal(0)
    actions = list(participant.actions.order_by("due", "pk"))
    done = tuple(item for item in actions if item.state == ActionState.DONE)
    return Pack(
        participant=participant,
        versions=versions_of(participant),
        pairs=pairs_of(photos),
        worked=Worked(
            theory=theory + counted.get(Mode.THEORY, 0), site=counted.get(Mode.SITE, 0), hours=hours,
            logs=participant.logs.filter(state=LogState.KEPT).count(), done=len(done), actions=len(actions),
        ),
        finished=done,
        measurement=participant.measurements.filter(returned_at=None).first(),
        signatures=tuple((one, one.digest == digest) for one in participant.signatures.order_by("pk")),
        rechecks=tuple(participant.rechecks.order_by("on", "pk")),
        follow_ups=tuple(participant.follow_ups.order_by("due_on", "pk")),
        digest=digest,
    )  # fmt: skip


def pairs_of(photos: Iterable[Photo]) -> tuple[Pair, ...]:
    """The last photo before and the last after of each word."""
    found: dict[str, dict[str, Photo]] = {}
    for photo in photos:
        if photo.kind in (PhotoKind.BEFORE, PhotoKind.AFTER) and photo.pair:
            found.setdefault(photo.pair, {})[photo.kind] = photo
    return tuple(
        Pair(word, both.get(PhotoKind.BEFORE), both.get(PhotoKind.AFTER)) for word, both in sorted(found.items())
    )
