"""The ten rules as OpenFisca-core has them, and what both sides share. Run alone only where OpenFisca is installed:
python law_rules.py FOLDER reads facts.npz there and writes peer.npz. Without it, this is a list of names and figures.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

DAYS = ("2018-05-10", "2018-05-11", "2025-10-14", "2025-10-15")
"""The day before and the day of two changes of law in the middle of a year: circular 28/2018, decree 235/2025."""
RULES = (
    "at_most_micro",
    "at_most_small",
    "at_most_medium",
    "outside_central_city",
    "rural_by_definition",
    "promoted_line",
    "promotion_subject",
)
AMOUNTS: dict[str, tuple[int, dict[str, int]]] = {
    "KC-10": (30, {"2014-04-08": 500_000_000, "2018-05-11": 1_000_000_000}),
    "KC-12": (50, {"2014-04-08": 200_000_000, "2018-05-11": 300_000_000}),
    "KC-16": (100, {}),
}
"""Code → per cent of the cost, caps by day. KC-12 has 1.5 times its cap for a whole line from 11 May 2018."""
FORMS = ("enterprise", "cooperative", "cooperative_union", "cooperative_group", "household", "artisan", "association")
COMMUNES = ("commune", "ward", "special_zone", "township")
CITIES = ("rural_district", "town", "class_2_3", "class_1_converted", "class_1", "special")
CENTRAL = (1, 31, 46, 48, 79, 92)
SECTORS = 13
CODES: dict[str, list[int]] = {
    "legal_form": list(range(len(FORMS))),
    "site_province": [number - 1 for number in (1, 4, 24, 25, 31, 46, 48, 75, 79, 92)],
    "site_commune_kind": [0, 1, 2],
    "site_city_class": list(range(len(CITIES))),
    "craft_village": [0, 0, 0, 1],
    "branch": [0, 1],
    "sector": list(range(SECTORS)),
    "production": [0, 1, 1, 1],
    "counterpart_committed": [0, 1, 1],
    "other_state_support_same_content": [0, 0, 0, 1],
    "is_line": [0, 1],
}
"""Facts by code, as columns hold them: the place of a choice in its list; provinces from 0."""
MONEY = ("revenue", "capital", "eligible_cost")
SIZES = {
    "micro": (10, 3e9, 3e9, 10, 10e9, 3e9),
    "small": (100, 50e9, 20e9, 50, 100e9, 50e9),
    "medium": (200, 200e9, 100e9, 100, 300e9, 100e9),
}
"""Workers, revenue, capital of industry, then of services."""


def system() -> Any:
    """OpenFisca's law: dated parameters, and variables whose formulas have the day they begin."""
    from openfisca_core import periods
    from openfisca_core.entities import build_entity
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    firm = build_entity(key="firm", plural="firms", label="", is_person=True)
    law = TaxBenefitSystem([firm])

    def dated(values: dict[str, float]) -> dict[str, Any]:
        return {"values": {day: {"value": value} for day, value in values.items()}}

    figures: dict[str, Any] = {
        code.replace("-", ""): {"cap": dated(dict(caps)), "share": dated({"2014-04-08": share / 100})}
        for code, (share, caps) in AMOUNTS.items()
        if caps
    }
    figures["KC12"]["line"] = dated({"2014-04-08": 1.0, "2018-05-11": 1.5})
    figures["KC16"] = {"share": dated({"2014-04-08": 1.0})}
    names = ("workers_i", "revenue_i", "capital_i", "workers_s", "revenue_s", "capital_s")
    for size, limits in SIZES.items():
        figures[size] = {name: dated({"2021-10-15": limit}) for name, limit in zip(names, limits, strict=True)}
    law.parameters = ParameterNode("", data=figures)

    def add(name: str, kind: type, period: Any, **formulas: Any) -> None:
        fields = {"value_type": kind, "entity": firm, "definition_period": period, "label": name, **formulas}
        law.add_variable(type(name, (Variable,), fields))

    for name in CODES:
        add(name, int, periods.DateUnit.ETERNITY)
    add("workers", int, periods.DateUnit.ETERNITY)
    for name in MONEY:
        add(name, float, periods.DateUnit.ETERNITY)

    def at_most(size: str) -> Any:
        def formula(firms: Any, period: Any, parameters: Any) -> Any:
            limit = parameters(period)[size]
            people, revenue, capital = firms("workers", period), firms("revenue", period), firms("capital", period)
            industry = (people <= limit.workers_i) & ((revenue <= limit.revenue_i) | (capital <= limit.capital_i))
            services = (people <= limit.workers_s) & ((revenue <= limit.revenue_s) | (capital <= limit.capital_s))
            return (firms("branch", period) == 1) * services + (firms("branch", period) == 0) * industry

        return formula

    for size in SIZES:
        add(f"at_most_{size}", bool, periods.DateUnit.DAY, formula_2021_10_15=at_most(size))

    def outside(firms: Any, period: Any) -> Any:
        province = firms("site_province", period) + 1
        inside = province == CENTRAL[0]
        for code in CENTRAL[1:]:
            inside = inside | (province == code)
        return ~inside

    add("outside_central_city", bool, periods.DateUnit.DAY, formula_2025_07_01=outside)

    def formed(firms: Any, period: Any, others: tuple[int, ...]) -> Any:
        form = firms("legal_form", period)
        found = (form == 0) & firms("at_most_medium", period)
        for code in others:
            found = found | (form == code)
        return found & (firms("production", period) == 1)

    def rural_old(firms: Any, period: Any) -> Any:
        kind, city = firms("site_commune_kind", period), firms("site_city_class", period)
        place = (kind == 0) | (kind == 3) | (((kind == 1) | (kind == 2)) & (city <= 3))
        return formed(firms, period, (1, 3, 4)) & place

    def rural_new(firms: Any, period: Any) -> Any:
        kind = firms("site_commune_kind", period)
        place = (kind == 0) | (kind == 2) | ((kind == 1) & firms("outside_central_city", period))
        place = place | (firms("craft_village", period) == 1)
        return formed(firms, period, (1, 2, 3, 4)) & place

    add("rural_by_definition", bool, periods.DateUnit.DAY, formula_2012_07_05=rural_old, formula_2025_10_15=rural_new)
    add(
        "promoted_line", bool, periods.DateUnit.DAY,
        formula_2012_07_05=lambda firms, period: firms("sector", period) <= 7,
        formula_2025_10_15=lambda firms, period: firms("sector", period) <= 9,
    )  # fmt: skip
    add(
        "promotion_subject", bool, periods.DateUnit.DAY,
        formula_2012_07_05=lambda firms, period: firms("rural_by_definition", period),
        formula_2025_10_15=lambda firms, period: firms("rural_by_definition", period)
        | (firms("legal_form", period) == 5),
    )  # fmt: skip

    def amount(code: str, subject: str) -> Any:
        def formula(firms: Any, period: Any, parameters: Any) -> Any:
            from numpy import floor, minimum, where

            figure = parameters(period)[code.replace("-", "")]
            most = floor(firms("eligible_cost", period) * figure.share)
            if AMOUNTS[code][1]:
                cap = figure.cap
                if code == "KC-12":
                    cap = where(firms("is_line", period) == 1, cap * figure.line, cap)
                most = minimum(most, cap)
            right = firms(subject, period) & firms("promoted_line", period)
            once = firms("other_state_support_same_content", period) == 0
            return most * (right & (firms("counterpart_committed", period) == 1) & once)

        return formula

    for code in AMOUNTS:
        subject = "promotion_subject" if code == "KC-16" else "rural_by_definition"
        add(code, float, periods.DateUnit.DAY, formula_2014_04_08=amount(code, subject))
    return law


def main() -> None:
    from importlib.metadata import version

    import numpy
    from openfisca_core.simulation_builder import SimulationBuilder

    folder = Path(sys.argv[1])
    with numpy.load(folder / "facts.npz") as file:
        facts = {name: file[name] for name in file.files}
    simulation = SimulationBuilder().build_default_simulation(system(), count=len(facts["workers"]))
    for name, values in facts.items():
        simulation.set_input(name, "ETERNITY", values)
    found = {}
    began, worked = time.perf_counter(), time.process_time()
    for day in DAYS:
        for rule in (*RULES, *AMOUNTS):
            found[f"{rule} {day}"] = simulation.calculate(rule, day)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    numpy.savez(folder / "peer.npz", **found)
    print(json.dumps({"seconds": seconds, "processor": worked, "version": version("openfisca-core")}))


if __name__ == "__main__":
    main()
