"""Claims as those who ask and those who decide see them, and what a claim shows at once: who mentions the firm."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from matxich.accounts.models import Agency
from matxich.accounts.permissions import Person
from matxich.accounts.states import AgencyKind, Role
from matxich.kit.actor import Actor
from matxich.places.queries import name_of
from matxich.registry.models import Attachment, Claim, Enterprise, Import, Merge, Statement
from matxich.registry.permissions import IMPORTING, firms_of, may_decide_claims
from matxich.registry.queries.enterprises import public_enterprises, visible_enterprises
from matxich.registry.queries.families import families, kept_of
from matxich.registry.states import ClaimState, ImportState, Visibility
from matxich.rulebook.identifiers import make_registry_id

PAGE = 25


def firm_of_tax_code(code: str) -> Enterprise | None:
    """The visible record that holds a tax code, or into which its holder was merged."""
    found = visible_enterprises().filter(tax_code=code).first()
    if found is not None:
        return found
    merged = Merge.objects.filter(tax_code=code, undone_at__isnull=True).values_list("merged_id", flat=True).first()
    return visible_enterprises().filter(pk=kept_of([merged])[merged]).first() if merged else None


def is_managed(enterprise: Enterprise) -> bool:
    """Does somebody manage the record already? Who, is not told."""
    return _claims_on(enterprise).filter(state=ClaimState.APPROVED).exists()


def _claims_on(enterprise: Enterprise) -> QuerySet[Claim]:
    family = families([enterprise.pk])[enterprise.pk]
    return Claim.objects.filter(enterprise__in=family).select_related("enterprise", "claimant", "agency")


@dataclass(frozen=True, slots=True)
class Mention:
    """A list that speaks of the firm: whose, as of which day, published when, and how many facts it tells."""

    source: str
    as_of: date
    published_at: datetime
    facts: int


def mentions(enterprise: Enterprise, *, public_only: bool) -> list[Mention]:
    """Published lists that speak of the firm, the newest figures first.

    `public_only`: lists with a public fact, which the public page names anyway, and only those facts counted.
    """
    family = families([enterprise.pk])[enterprise.pk]
    told = Statement.objects.filter(
        enterprise__in=family, batch__state=ImportState.PUBLISHED, withdrawn_at__isnull=True
    )
    if public_only:
        told = told.filter(visibility=Visibility.PUBLIC)
    counts: dict[int, int] = {}
    for batch in told.values_list("batch_id", flat=True):
        counts[batch] = counts.get(batch, 0) + 1
    batches = Import.objects.filter(pk__in=counts).select_related("source").order_by("-as_of", "-id")
    return [
        Mention(batch.source.name, batch.as_of, batch.published_at, counts[batch.pk])
        for batch in batches
        if batch.published_at
    ]


@dataclass(frozen=True, slots=True)
class ClaimedFirm:
    """The firm a claim is about, before and after sending it. One not in public view shows neither name nor lists."""

    enterprise: Enterprise
    registry_id: str
    name: str
    is_public: bool
    is_managed: bool
    mentions: tuple[Mention, ...]


def claimed_firm(enterprise: Enterprise) -> ClaimedFirm:
    """As somebody sees it whose claim nobody has approved yet."""
    public = public_enterprises().filter(pk=enterprise.pk).exists()
    return ClaimedFirm(
        enterprise=enterprise,
        registry_id=make_registry_id(enterprise.pk),
        name=enterprise.name if public else "",
        is_public=public,
        is_managed=is_managed(enterprise),
        mentions=tuple(mentions(enterprise, public_only=True)) if public else (),
    )


def represented(actor: Actor) -> QuerySet[Agency]:
    """Firms' organisations the actor represents; a further record may be claimed for one of them."""
    standings = actor.standings if isinstance(actor, Person) else ()
    ids = {one.agency_id for one in standings if one.role == Role.REPRESENTATIVE}
    return Agency.objects.filter(pk__in=ids, kind=AgencyKind.ENTERPRISE).order_by("order", "id")


def own_claims(actor: Actor) -> QuerySet[Claim]:
    """Everything the actor ever asked for, the latest first."""
    claimant = actor.user_id if isinstance(actor, Person) else None
    return Claim.objects.filter(claimant=claimant).select_related("enterprise", "agency").order_by("-id")


def own_firms(actor: Actor) -> list[Enterprise]:
    """The records the actor manages, by name; of merged ones the record kept."""
    return list(visible_enterprises().filter(pk__in=firms_of(actor)).order_by("name", "id"))


def waiting_claims(actor: Actor) -> QuerySet[Claim]:
    """Claims that wait and that the actor may decide, oldest first."""
    waiting = Claim.objects.filter(state=ClaimState.SUBMITTED).select_related("enterprise", "claimant").order_by("id")
    if actor.is_system:
        return waiting
    if not may_decide_claims(actor) or not isinstance(actor, Person):
        return waiting.none()
    scopes = {standing.scope for standing in actor.standings if standing.role in IMPORTING}
    waiting = waiting.exclude(claimant=actor.user_id)
    if "" in scopes:
        return waiting
    return waiting.filter(Q(enterprise__province_34__in=scopes) | Q(enterprise__commune_34__in=scopes))


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer weighs: the request, its papers, others' requests for the same record, who mentions it."""

    claim: Claim
    registry_id: str
    place: str
    papers: tuple[Attachment, ...]
    others: tuple[Claim, ...]
    mentions: tuple[Mention, ...]

    @property
    def managing(self) -> tuple[Claim, ...]:
        return tuple(other for other in self.others if other.state == ClaimState.APPROVED)

    @property
    def waiting(self) -> tuple[Claim, ...]:
        return tuple(other for other in self.others if other.state == ClaimState.SUBMITTED)


def decision(claim: Claim) -> Decision:
    enterprise = claim.enterprise
    live = (ClaimState.SUBMITTED, ClaimState.APPROVED)
    return Decision(
        claim=claim,
        registry_id=make_registry_id(enterprise.pk),
        place=name_of(enterprise.province_34) if enterprise.province_34 else "",
        papers=papers_of(claim),
        others=tuple(_claims_on(enterprise).filter(state__in=live).exclude(pk=claim.pk).order_by("id")),
        mentions=tuple(mentions(enterprise, public_only=False)),
    )


def papers_of(claim: Claim) -> tuple[Attachment, ...]:
    return tuple(claim.evidence.select_related("file").order_by("id"))
