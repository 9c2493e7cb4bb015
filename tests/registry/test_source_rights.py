"""Who may change what a source weighs."""

from collections.abc import Callable

import pytest

from matxich.kit.refusals import Denied
from matxich.registry.actions import source_named
from matxich.registry.actions.source_editing import edit_source, version_of
from matxich.registry.permissions import may_edit_source
from tests.conftest import NOW, World


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "may"),
    [
        *(("owner", True), ("colleague", True), ("ministry", True)),
        *(("stranger", False), ("administrator", False), ("viewer", False), ("enterprise", False)),
    ],
)
def test_a_source_is_its_agencys(world: World, as_actor: Callable, who: str, may: bool) -> None:
    source = source_named(name="Danh sách của Sở", by=as_actor(world.owner), at=NOW)
    assert (source.agency_id, bool(may_edit_source(as_actor(getattr(world, who)), source))) == (world.agency.pk, may)


@pytest.mark.django_db
def test_a_stranger_cannot_weigh_another_agencys_list(world: World, as_actor: Callable) -> None:
    source = source_named(name="Danh sách của Sở", by=as_actor(world.owner), at=NOW)
    with pytest.raises(Denied, match="cơ quan khác phụ trách"):
        edit_source(
            source=source,
            name=source.name,
            kind=source.kind,
            agency=None,
            trust=99,
            version=version_of(source),
            by=as_actor(world.stranger),
            at=NOW,
        )
    source.refresh_from_db()
    assert source.trust == 60
