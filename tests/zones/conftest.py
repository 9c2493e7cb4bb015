"""Invented zones of Hải Phòng and Đồng Nai, and a commune of each: nothing of the packaged list is loaded."""

from dataclasses import dataclass
from datetime import date

import pytest

from matxich.kit.actor import Actor
from matxich.places.models import Unit, Zone
from matxich.rulebook.vietnamese.text import fold, sort_key

TWO_LEVELS = date(2025, 7, 1)


@dataclass(frozen=True)
class Zones:
    """A cluster and an industrial zone in Hải Phòng (the owner's), a cluster in what was Hải Dương, one in Đồng Nai."""

    cluster: Zone
    park: Zone
    second: Zone
    far: Zone


def make_zone(kind: str, name: str, old: str, new: str, **told: object) -> Zone:
    return Zone.objects.create(
        kind=kind, name=name, name_en=f"{fold(name).title()} Zone", province_63=old, province_34=new, source="mẫu",
        confidence="high", order=sort_key(name), **told,
    )  # fmt: skip


def make_commune(code: str, name: str, parent: str) -> Unit:
    return Unit.objects.create(
        code=code, level="commune", kind="phường", name=name, full_name=f"Phường {name}", name_en=name, parent=parent,
        valid_from=TWO_LEVELS, folded=fold(name), order=sort_key(name),
    )  # fmt: skip


@pytest.fixture
def zones(db: None) -> Zones:
    return Zones(
        cluster=make_zone("CCN", "Mẫu Một", "31", "31"),
        park=make_zone("KCN", "Mẫu Hai", "31", "31"),
        second=make_zone("CCN", "Mẫu Ba", "30", "31"),
        far=make_zone("CCN", "Mẫu Bốn", "75", "75"),
    )


@pytest.fixture
def system() -> Actor:
    return Actor(kind="system", id="os:test", name="test")
