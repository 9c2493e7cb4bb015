"""Cases that people write: a file a subject, each case with its day, its article and what has to come out.

- name: Phường của tỉnh, ngày trước và ngày có hiệu lực
  cites: Điều 1 NĐ 235/2025/NĐ-CP
  given: {enterprise: {…}, project: {…}}          # as in a case of the command line
  on: [2025-10-14, 2025-10-15]                    # one day or several
  expect:                                         # per support, for each day in turn or for all of them
    KC-12: [{verdict: unknown, missing: [site_city_class]}, {verdict: eligible, amount_max: 300000000}]

Of an answer are compared: verdict, amount_max, pct, cap, missing, unconfirmed, amount_needs, to_change (texts), funding
(its verdict), standing (of the support's own figure) and assumes (facts).
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from matxich.rulebook.law.answering import Law, answers
from matxich.rulebook.law.asking import case_of
from matxich.rulebook.law.telling import answer_json

CASES = Path(__file__).parent / "cases"
ENOUGH = 200


class Plain(yaml.SafeLoader):
    """YAML in which only true and false are yes and no, so that “on:” stays a word, and days stay text."""


_READ_ELSE = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag not in _READ_ELSE]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def read(path: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Plain)
    return cases


def _written() -> Iterator[tuple[str, dict[str, Any], str, str, dict[str, Any]]]:
    for path in sorted(CASES.glob("*.yaml")):
        for one in read(path):
            days = one["on"] if isinstance(one["on"], list) else [one["on"]]
            for place, day in enumerate(days):
                for support, expected in one["expect"].items():
                    wanted = expected[place] if isinstance(expected, list) else expected
                    yield f"{path.stem}: {one['name']}", one, str(day), support, wanted


ALL = list(_written())


@pytest.mark.parametrize(
    ("name", "one", "day", "support", "wanted"), ALL, ids=[f"{n} {s} {d}" for n, _o, d, s, _w in ALL]
)
def test_case(law: Law, name: str, one: dict, day: str, support: str, wanted: dict) -> None:
    project = {**one["given"].get("project", {}), "content": support}
    case = case_of({"enterprise": one["given"].get("enterprise", {}), "project": project, "on": day})
    (answer,) = answers(law, case)
    told = answer_json(law, case, answer)
    own = [each for each in told["parameters"] if each["id"] == support]
    seen = {
        **told,
        "to_change": [each["text_vi"] for each in told["to_change"]],
        "funding": told["funding"]["verdict"],
        "standing": own[0]["standing"] if own else None,
        "assumes": [each["fact"] for each in told["assumptions"]],
    }
    assert {key: seen[key] for key in wanted} == wanted


def test_there_are_enough_and_each_cites_its_article() -> None:
    assert len(ALL) >= ENOUGH
    for path in sorted(CASES.glob("*.yaml")):
        for one in read(path):
            assert one["cites"], (path.name, one["name"])


def test_days_are_days() -> None:
    assert all(date.fromisoformat(day) for _name, _one, day, _support, _wanted in ALL)
