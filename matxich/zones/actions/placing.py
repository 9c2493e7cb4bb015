"""Which zone a row of a list speaks of: by name and province, or a new one where the province is certain."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from matxich.places.models import Zone
from matxich.places.queries import edition_on, match_province, province_34_of, provinces_63_of, resolver
from matxich.rulebook.vietnamese.text import fold, squeeze
from matxich.rulebook.zones.lists import ListedZone, Problem, split_name
from matxich.zones.actions.facts import NoSuchCommune, commune_in


@dataclass(frozen=True, slots=True)
class Placing:
    """A zone by id, or what a new one needs (`new`: kind, name, province_63, province_34), or why neither."""

    zone: int | None = None
    new: dict[str, str] | None = None
    province_34: str = ""
    commune: str = ""
    problems: tuple[Problem, ...] = ()
    rejected: str = ""
    params: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for two rows of one zone."""
        new = self.new or {}
        return (self.zone, *(fold(new.get(name, "")) for name in ("kind", "name", "province_63")))


class Placer:
    """Every zone there is, by name; made once for a list. `as_of` says which map a province's name is of."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.by_name: dict[str, list[Zone]] = defaultdict(list)
        for zone in Zone.objects.all():
            names = {zone.name, *(split_name(alias)[1] for alias in zone.aliases)}
            for name in {_key(one) for one in names}:
                self.by_name[name].append(zone)

    def place(self, row: ListedZone) -> Placing:
        if row.rejected:
            return Placing(rejected=row.rejected)
        places = _provinces(row.province)
        if row.province and not places:
            return Placing(rejected="province_unknown", params={"text": row.province[:60]})
        named = [zone for zone in self.by_name.get(_key(row.name), ()) if row.kind in ("", zone.kind)]
        fitting = [zone for zone in named if not places or zone.province_34 in places]
        if len(fitting) > 1 and places:
            old = set(match_province(row.province, "63"))
            fitting = [zone for zone in fitting if zone.province_63 in old] if len(old) == 1 else fitting
        if len(fitting) > 1:
            return Placing(rejected="several")
        return self._known(row, fitting[0]) if fitting else self._new(row, places)

    def _known(self, row: ListedZone, zone: Zone) -> Placing:
        commune, problems = self._commune(row, zone.province_34)
        return Placing(zone=zone.pk, province_34=zone.province_34, commune=commune, problems=problems)

    def _new(self, row: ListedZone, places: frozenset[str]) -> Placing:
        if not row.kind:
            return Placing(rejected="kind_unknown")
        if not places:
            return Placing(rejected="province_missing")
        old = self._old_province(row)
        new = province_34_of(old) if old else None
        if not old or new is None or new not in places:
            return Placing(rejected="old_province_unknown")
        commune, problems = self._commune(row, new)
        told = {"kind": row.kind, "name": squeeze(row.name), "province_63": old, "province_34": new}
        return Placing(new=told, province_34=new, commune=commune, problems=problems)

    def _old_province(self, row: ListedZone) -> str:
        """The province of the old map: as named when the list is of that time, or the only one, or by the commune."""
        named = match_province(row.province, "63")
        if edition_on(self.as_of) == "63" and len(named) == 1:
            return named[0]
        heirs = {code for new in match_province(row.province, "34") for code in provinces_63_of(new)}
        if len(heirs) == 1:
            return heirs.pop()
        if len(named) == 1 and not match_is_of_today(row.province):
            return named[0]
        if not (row.commune or row.district):
            return ""
        text = ", ".join(part for part in (row.commune, row.district, row.province) if part)
        found = resolver().resolve(text).province_63 or ""
        return found if found in heirs else ""

    def _commune(self, row: ListedZone, province_34: str) -> tuple[str, tuple[Problem, ...]]:
        if not row.commune:
            return "", ()
        try:
            return commune_in(row.commune.partition(",")[0], province_34, self.as_of), ()
        except NoSuchCommune as bad:
            return "", (Problem(bad.code, row.commune_letter, bad.params),)


def match_is_of_today(province: str) -> bool:
    """Does the name name a province of today's map (as Hải Phòng does, and Hải Dương does not)?"""
    today = match_province(province, "34")
    old = match_province(province, "63")
    return bool(today) and bool(old) and any(code in today for code in old)


def _provinces(text: str) -> frozenset[str]:
    """Provinces of today's map that a name of either map may mean."""
    if not text:
        return frozenset()
    heirs = {heir for code in match_province(text, "63") if (heir := province_34_of(code))}
    return frozenset({*match_province(text, "34"), *heirs})


def _key(name: str) -> str:
    return "".join(fold(name).split())
