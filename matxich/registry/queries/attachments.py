"""Files of an enterprise as a reader may see them."""

from matxich.kit.actor import Actor
from matxich.registry.models import Attachment, Enterprise, Statement
from matxich.registry.permissions import may_open_attachment
from matxich.registry.queries.families import families
from matxich.registry.states import BY_CONSENT, AttachmentKind, Visibility


def attachments_of(enterprise: Enterprise, actor: Actor) -> list[Attachment]:
    """Photos first, then documents, each the newest first; papers of claims have their own pages."""
    family = families([enterprise.pk])[enterprise.pk]
    found = (
        Attachment.objects.filter(enterprise__in=family, claim__isnull=True, removed_at__isnull=True)
        .select_related("file", "shown", "enterprise", "claim")
        .order_by("-kind", "-id")
    )
    return [one for one in found if not one.file.quarantined and may_open_attachment(actor, one)]


def public_photos(enterprise: Enterprise) -> list[Attachment]:
    """What everybody's page of the firm shows, oldest first."""
    if enterprise.kind in BY_CONSENT:
        return []
    family = families([enterprise.pk])[enterprise.pk]
    shown = Attachment.objects.filter(
        enterprise__in=family,
        kind=AttachmentKind.PHOTO,
        visibility=Visibility.PUBLIC,
        removed_at__isnull=True,
        file__quarantined=False,
    )
    return list(shown.order_by("id")[:24])


def papers_behind(statement: Statement, actor: Actor) -> list[Attachment]:
    """Scans a statement was written down from, as far as the reader may open them."""
    papers = statement.papers.select_related("file", "enterprise", "claim").order_by("id")
    return [one for one in papers if not one.file.quarantined and may_open_attachment(actor, one)]
