"""One paper of the owner's agency behind each address of official papers."""

from typing import Any

from tests.conftest import NOW, World


def paper(world: World) -> dict[str, Any]:
    """The owner's draft of a decision."""
    from matxich.accounts.queries import person
    from matxich.correspondence.actions.drafting import Owner, draft_paper
    from matxich.correspondence.kinds import declared
    from matxich.correspondence.models import OfficialPaper

    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    made = OfficialPaper.objects.first() or draft_paper(
        owner=Owner(),
        agency=world.agency,
        kind="approval",
        fields=declared("approval").sample,
        by=by,
        at=NOW,  # type: ignore[arg-type]
    )
    return {"pk": made.pk}


def signed_sheet(world: World) -> dict[str, Any]:
    """A scan kept with the owner's paper."""
    from matxich.correspondence.models import OfficialPaper, PaperFile
    from matxich.files.models import StoredFile

    told = paper(world)
    stored, _made = StoredFile.objects.get_or_create(
        sha256="a" * 64,
        defaults={"size": 1, "name": "x.pdf", "kind": "scan", "media_type": "application/pdf", "created_at": NOW},
    )
    one = OfficialPaper.objects.get(pk=told["pk"])
    file, _made = PaperFile.objects.get_or_create(
        paper=one, role="signed", sha256=stored.sha256,
        defaults={"stored": stored, "name": "x.pdf", "at": NOW, "by": "x"},
    )  # fmt: skip
    return told | {"file": file.pk}


def papers_of_agency(world: World) -> dict[str, Any]:
    return {"agency": world.agency.pk}  # type: ignore[attr-defined]


PREFIXES = {
    "/xac-minh/<str:code>/": lambda world: {"code": "7K2Q-91AV-44D8"},
    "/van-ban-di/<int:pk>/": paper,
    "/van-ban-di/<int:pk>/tai/<slug:role>/": lambda world: paper(world) | {"role": "pdf"},
    "/van-ban-di/<int:pk>/buoc/<slug:event>/": lambda world: paper(world) | {"event": "submit"},
    "/van-ban-di/<int:pk>/ban-ky/<int:file>/": signed_sheet,
    "/van-ban-di/soan/<int:agency>/<slug:kind>/": lambda world: papers_of_agency(world) | {"kind": "approval"},
    "/van-ban-di/so/<int:agency>/<int:year>/": lambda world: papers_of_agency(world) | {"year": 2026},
    "/van-ban-di/mau/<int:agency>/": papers_of_agency,
    "/van-ban-di/mau/<int:agency>/<slug:kind>/": lambda world: papers_of_agency(world) | {"kind": "approval"},
    "/van-ban-di/mau/<int:agency>/<slug:kind>/phien-ban/<int:version>/": lambda world: (
        papers_of_agency(world) | {"kind": "approval", "version": 0}
    ),
    "/van-ban-di/mau/<int:agency>/<slug:kind>/khoi-phuc/<int:version>/": lambda world: (
        papers_of_agency(world) | {"kind": "approval", "version": 0}
    ),
}
