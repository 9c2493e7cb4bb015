"""One object a page of proposals, by the beginning of its address."""

from datetime import timedelta
from typing import Any

from tests.conftest import NOW, World


def open_call(world: World):  # type: ignore[no-untyped-def]
    """A call of the owner's department that takes proposals today."""
    from django.utils import timezone

    from matxich.programmes.models import Call
    from tests.proposals.conftest import make_call

    now = timezone.now()
    return Call.objects.filter(code="KC-MAU").first() or make_call(
        world.agency, "KC-MAU", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30), published_at=now
    )


def drafted(world: World):  # type: ignore[no-untyped-def]
    """The firm's draft in that call."""
    from django.utils import timezone

    from matxich.accounts.queries import person
    from matxich.proposals.actions.drafting import start_proposal
    from matxich.proposals.models import Proposal
    from tests import samples

    samples.own_firm(world)
    by = person(world.enterprise, NOW.date())  # type: ignore[arg-type]
    return Proposal.objects.filter(current=None).first() or start_proposal(
        call=open_call(world),
        content="KC-12",
        title="Đề án mẫu",
        enterprise=samples.enterprise(world),
        by=by,
        at=timezone.now(),
    )


def draft(world: World) -> dict[str, Any]:
    return {"pk": drafted(world).pk}


def submitted(world: World) -> dict[str, Any]:
    """The firm's proposal, handed in."""
    from uuid import uuid4

    from django.utils import timezone

    from matxich.accounts.queries import person
    from matxich.proposals.actions.drafting import start_proposal
    from matxich.proposals.actions.papers import add_file
    from matxich.proposals.actions.submitting import submit_proposal
    from matxich.proposals.models import Proposal
    from tests import samples
    from tests.proposals.conftest import upload, write_all

    if found := Proposal.objects.exclude(current=None).first():
        return {"pk": found.pk}
    samples.own_firm(world)
    by, at = person(world.enterprise, NOW.date()), timezone.now()  # type: ignore[arg-type]
    made = start_proposal(
        call=open_call(world), content="KC-12", title="Đã nộp", enterprise=samples.enterprise(world), by=by, at=at
    )
    write_all(made, by, at)
    add_file(proposal=made, paper="cong-van", upload=upload(), by=by, at=at)
    version = Proposal.objects.get(pk=made.pk).version
    submit_proposal(proposal=made, token=uuid4(), base_version=version, by=by, at=at)
    return {"pk": made.pk}


def proposal_file(world: World) -> dict[str, Any]:
    from matxich.proposals.models import ProposalFile

    submitted(world)
    return {"pk": ProposalFile.objects.first().pk}  # type: ignore[union-attr]


def need(world: World) -> dict[str, Any]:
    """The firm's own sheet, sent."""
    from uuid import UUID

    from matxich.accounts.queries import person
    from matxich.proposals.actions.needs import Sheet, save_need, send_need
    from matxich.proposals.models import Need
    from tests import samples

    samples.own_firm(world)
    by = person(world.enterprise, NOW.date())  # type: ignore[arg-type]
    sheet = Sheet(kind="machine", title="Máy mẫu", year=NOW.year + 1, cost=10)
    if found := Need.objects.first():
        return {"pk": found.pk}
    made = save_need(client_id=UUID(int=9), sheet=sheet, enterprise=samples.enterprise(world), by=by, at=NOW)
    return {"pk": send_need(need=made, by=by, at=NOW).pk}


PREFIXES = {
    "/de-an/moi/<int:pk>/": lambda world: {"pk": open_call(world).pk},
    "/de-an/nop-ho/<int:pk>/": lambda world: {"pk": open_call(world).pk},
    "/de-an/tep/<int:pk>/": proposal_file,
    "/de-an/<int:pk>/": draft,
    "/de-an/<int:pk>/phan/<slug:part>/": lambda world: draft(world) | {"part": "muc-tieu"},
    "/de-an/<int:pk>/ban/<int:number>/": lambda world: submitted(world) | {"number": 1},
    "/xet-de-an/<int:pk>/": submitted,
    "/xet-de-an/<int:pk>/ket-luan/<slug:gate>/": lambda world: submitted(world) | {"gate": "dossier"},
    "/nhu-cau/<int:pk>/": need,
    "/nhu-cau/<int:pk>/xet/<slug:step>/": lambda world: need(world) | {"step": "check"},
}
