"""Criteria sets as data: what a ballot asks, how many points a criterion gives, the rule that makes ballots a result.

A set is scored (criteria with points) or of verdicts alone (opinions in words and a proposal). It is read from plain
data, as it stands in a YAML file or in the database, and refused with every fault at once.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from matxich.rulebook.appraisal.exact import NotExact, exact, written
from matxich.rulebook.law.facts import Words

SCORED, VERDICTS_ONLY = "scored", "verdicts"
MEANS = ("mean", "median")
LEFT_OUT, RESCALED = "left_out", "rescaled"
LONGEST_TEXT = 2_000
MOST = 40
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at `path` ("criteria.2.max"), in Vietnamese and English."""

    path: str
    words: Words


class BadCriteria(ValueError):
    """A set that must not be used; `faults` holds all of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{each.path}: {each.words.en}" for each in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Criterion:
    """`max` points a member may give, multiplied by `weight`. `floor`: fewer points need a reason in the ballot.

    `may_not_apply`: a member may say so; that is no zero. A criterion of a verdict-only set has no points.
    """

    code: str
    name: Words
    guidance: Words
    max: Fraction | None = None
    weight: Fraction = Fraction(1)
    floor: Fraction | None = None
    may_not_apply: bool = False

    @property
    def full(self) -> Fraction:
        return (self.max or Fraction(0)) * self.weight


@dataclass(frozen=True, slots=True)
class VerdictOption:
    """`favourable`: it counts among those that propose to do it. `comment`: it must be explained in words."""

    code: str
    name: Words
    favourable: bool
    comment: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """`at_least` (or, for zeros, `more_than`) with the article it follows."""

    value: Fraction
    article: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How ballots become a result; what is None is not asked.

    `mean`: least legal mean, worked out by `mean_of`. `favourable`: least share of ballots with a favourable verdict.
    `floors`: criterion → least mean of that criterion. `zeros`: no criterion may have a larger share of members giving
    0. `ballots`: least share of members entitled to vote whose ballots are in. `not_applicable`: a ballot with such a
    criterion is rescaled to the full total, or left out of the mean; either way it counts for verdicts.
    """

    mean: Threshold | None = None
    mean_of: str = "mean"
    favourable: Threshold | None = None
    floors: Mapping[str, Threshold] | None = None
    zeros: Threshold | None = None
    ballots: Threshold | None = None
    not_applicable: str = LEFT_OUT
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """`official`: whether it is a form of the law; a sheet of our own says on every page that it is not.

    `fingerprint` changes with any part of the data.
    """

    code: str
    version: str
    kind: str
    name: Words
    note: Words
    official: bool
    article: str
    total: Fraction | None
    step: Fraction
    criteria: tuple[Criterion, ...]
    verdicts: tuple[VerdictOption, ...]
    rule: Rule
    fingerprint: str

    @property
    def scored(self) -> bool:
        return self.kind == SCORED

    def criterion(self, code: str) -> Criterion:
        return next(each for each in self.criteria if each.code == code)

    def verdict(self, code: str) -> VerdictOption:
        return next(each for each in self.verdicts if each.code == code)


_SET = ("code", "version", "kind", "vi", "en", "note_vi", "note_en", "official", "article", "total", "step", "criteria",
        "verdicts", "rule")  # fmt: skip
_CRITERION = ("code", "vi", "en", "guidance_vi", "guidance_en", "max", "weight", "floor", "may_not_apply")
_VERDICT = ("code", "vi", "en", "favourable", "comment")
_RULE = ("mean", "favourable", "floors", "zeros", "ballots", "not_applicable", "ties")
TIES = ("submitted", "reference")
"""What tells cases apart whose means and amounts are equal: the smaller amount always goes first."""


def criteria_set(data: Mapping[str, Any]) -> CriteriaSet:
    """The set that data describes. Raises BadCriteria with every fault."""
    reader = _Reader()
    made = reader.read(data)
    if reader.faults or made is None:
        raise BadCriteria(reader.faults)
    return made


def faults(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Why a set would be refused; empty when it would not."""
    try:
        criteria_set(data)
    except BadCriteria as error:
        return error.faults
    return ()


def fingerprint(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()[:12]


class _Reader:
    """Collects faults while it reads, so that whoever wrote the set mends it in one go."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: str, vi: str, en: str) -> None:
        self.faults.append(Fault(path, Words(vi, en)))

    def read(self, data: Mapping[str, Any]) -> CriteriaSet | None:
        if not isinstance(data, Mapping):
            self.fault("", "Bộ tiêu chí phải là các cặp “khóa: giá trị”.", "A set has to be keys with values.")
            return None
        self._known("", data, _SET)
        kind = data.get("kind")
        if kind not in (SCORED, VERDICTS_ONLY):
            self.fault("kind", "Loại phải là “scored” hoặc “verdicts”.", "The kind is “scored” or “verdicts”.")
        scored = kind != VERDICTS_ONLY
        criteria = self._criteria(data.get("criteria"), scored=scored)
        verdicts = self._verdicts(data.get("verdicts"))
        made = CriteriaSet(
            code=self._code("code", data),
            version=self._text("version", data.get("version"), needed=True, longest=20),
            kind=str(kind),
            name=self._words("", data, "vi", "en"),
            note=self._words("", data, "note_vi", "note_en", needed=data.get("official") is not True),
            official=data.get("official") is True,
            article=self._text("article", data.get("article"), needed=True, longest=300),
            total=self._total(data.get("total"), criteria) if scored else None,
            step=self._number("step", data.get("step", 1), least=Fraction(1, 100)) or Fraction(1),
            criteria=criteria,
            verdicts=verdicts,
            rule=self._rule(data.get("rule"), criteria, verdicts, scored=scored),
            fingerprint=fingerprint(data),
        )
        self._steps(made)
        return made

    def _criteria(self, told: Any, *, scored: bool) -> tuple[Criterion, ...]:
        found: list[Criterion] = []
        for path, each in self._rows("criteria", told, _CRITERION):
            most = self._number(f"{path}.max", each.get("max"), least=Fraction(1, 100)) if scored else None
            floor = each.get("floor")
            lowest = self._number(f"{path}.floor", floor) if scored and floor is not None else None
            if most is not None and lowest is not None and lowest > most:
                self.fault(f"{path}.floor", "Sàn cao hơn điểm tối đa.", "The floor is above the most points.")
            if not scored and (each.get("max") is not None or floor is not None):
                self.fault(path, "Phiếu nhận xét không có điểm.", "A sheet of verdicts has no points.")
            found.append(
                Criterion(
                    code=self._code(f"{path}.code", each),
                    name=self._words(path, each, "vi", "en"),
                    guidance=self._words(path, each, "guidance_vi", "guidance_en", needed=False),
                    max=most,
                    weight=self._number(f"{path}.weight", each.get("weight", 1), least=Fraction(1, 100)) or Fraction(1),
                    floor=lowest,
                    may_not_apply=each.get("may_not_apply") is True,
                )
            )
        self._once("criteria", [each.code for each in found])
        if not found:
            self.fault("criteria", "Bộ tiêu chí chưa có tiêu chí nào.", "The set has no criteria.")
        return tuple(found)

    def _verdicts(self, told: Any) -> tuple[VerdictOption, ...]:
        found = [
            VerdictOption(
                code=self._code(f"{path}.code", each),
                name=self._words(path, each, "vi", "en"),
                favourable=each.get("favourable") is True,
                comment=each.get("comment") is True,
            )
            for path, each in self._rows("verdicts", told, _VERDICT)
        ]
        self._once("verdicts", [each.code for each in found])
        return tuple(found)

    def _total(self, told: Any, criteria: tuple[Criterion, ...]) -> Fraction | None:
        total = self._number("total", told, least=Fraction(1))
        reached = sum((each.full for each in criteria), Fraction(0))
        if total is not None and reached != total:
            self.fault(
                "total",
                f"Điểm tối đa cộng lại là {written(reached)}, không phải {written(total)}.",
                f"The most points add up to {written(reached)}, not {written(total)}.",
            )
        return total

    def _rule(
        self, told: Any, criteria: tuple[Criterion, ...], verdicts: tuple[VerdictOption, ...], *, scored: bool
    ) -> Rule:
        if not isinstance(told, Mapping):
            self.fault("rule", "Thiếu quy tắc kết luận.", "The rule that makes a result is missing.")
            return Rule()
        self._known("rule", told, _RULE)
        mean = told.get("mean")
        made = Rule(
            mean=self._threshold("rule.mean", mean, "at_least", ("of",)),
            mean_of=self._choice(
                "rule.mean.of", mean.get("of", "mean") if isinstance(mean, Mapping) else "mean", MEANS
            ),
            favourable=self._share("rule.favourable", told.get("favourable"), "at_least"),
            floors=self._floors(told.get("floors"), criteria),
            zeros=self._share("rule.zeros", told.get("zeros"), "more_than"),
            ballots=self._share("rule.ballots", told.get("ballots"), "at_least"),
            not_applicable=self._choice(
                "rule.not_applicable", told.get("not_applicable", LEFT_OUT), (LEFT_OUT, RESCALED)
            ),
            ties=tuple(
                self._choice(f"rule.ties.{index}", each, TIES) for index, each in enumerate(told.get("ties") or ())
            ),
        )
        self._fits(made, verdicts, scored=scored)
        return made

    def _fits(self, rule: Rule, verdicts: tuple[VerdictOption, ...], *, scored: bool) -> None:
        if not scored and (rule.mean or rule.floors or rule.zeros):
            self.fault("rule", "Phiếu nhận xét không có điểm để tính.", "A sheet of verdicts has no points to count.")
        if rule.favourable and not any(each.favourable for each in verdicts):
            self.fault("verdicts", "Không có kết luận nào là đề nghị thực hiện.", "No verdict is favourable.")
        if not (rule.mean or rule.favourable):
            self.fault(
                "rule", "Quy tắc phải xét điểm trung bình hoặc tỷ lệ kết luận.",
                "The rule has to ask for a mean or a share of verdicts.",
            )  # fmt: skip
        if not scored and not verdicts:
            self.fault("verdicts", "Phiếu nhận xét phải có kết luận để chọn.", "A sheet of verdicts needs verdicts.")

    def _steps(self, made: CriteriaSet) -> None:
        for index, each in enumerate(made.criteria):
            for name, value in (("max", each.max), ("floor", each.floor)):
                if value is not None and value % made.step:
                    self.fault(
                        f"criteria.{index}.{name}", f"Không chia hết cho bước điểm {written(made.step)}.",
                        f"It is no multiple of the step {written(made.step)}.",
                    )  # fmt: skip

    def _floors(self, told: Any, criteria: tuple[Criterion, ...]) -> Mapping[str, Threshold] | None:
        if told is None:
            return None
        if not isinstance(told, Mapping):
            self.fault("rule.floors", "Phải ghi theo từng tiêu chí.", "It has to be told by criterion.")
            return None
        known, found = {each.code: each for each in criteria}, {}
        for code, each in told.items():
            path = f"rule.floors.{code}"
            if code not in known:
                self.fault(path, f"Không có tiêu chí “{code}”.", f"There is no criterion “{code}”.")
                continue
            limit = self._threshold(path, each, "at_least")
            if limit and limit.value > known[code].full:
                self.fault(path, "Sàn cao hơn điểm tối đa.", "The floor is above the most points.")
            if limit:
                found[code] = limit
        return found

    def _threshold(self, path: str, told: Any, key: str, also: tuple[str, ...] = ()) -> Threshold | None:
        if told is None:
            return None
        if not isinstance(told, Mapping):
            self.fault(path, f"Phải ghi “{key}” và “article”.", f"It needs “{key}” and “article”.")
            return None
        self._known(path, told, (key, "article", *also))
        value = self._number(f"{path}.{key}", told.get(key))
        article = self._text(f"{path}.article", told.get("article"), needed=True, longest=300)
        return None if value is None else Threshold(value, article)

    def _share(self, path: str, told: Any, key: str) -> Threshold | None:
        made = self._threshold(path, told, key)
        if made and made.value > 1:
            self.fault(f"{path}.{key}", "Tỷ lệ không quá 1.", "A share is at most 1.")
        return made

    def _rows(self, path: str, told: Any, known: Sequence[str]) -> list[tuple[str, Mapping[str, Any]]]:
        if told is None:
            return []
        if not isinstance(told, list | tuple) or len(told) > MOST:
            self.fault(path, f"Phải là danh sách, tối đa {MOST} dòng.", f"It has to be a list of at most {MOST}.")
            return []
        rows = []
        for index, each in enumerate(told):
            if not isinstance(each, Mapping):
                self.fault(f"{path}.{index}", "Phải là các cặp “khóa: giá trị”.", "It has to be keys with values.")
                continue
            self._known(f"{path}.{index}", each, known)
            rows.append((f"{path}.{index}", each))
        return rows

    def _known(self, path: str, told: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in told:
            if key not in known:
                self.fault(f"{path}.{key}".strip("."), f"Không có khóa “{key}”.", f"There is no key “{key}”.")

    def _once(self, path: str, codes: list[str]) -> None:
        for code in sorted({each for each in codes if each and codes.count(each) > 1}):
            self.fault(path, f"Mã “{code}” có hai lần.", f"The code “{code}” stands twice.")

    def _code(self, path: str, told: Mapping[str, Any]) -> str:
        code = told.get("code")
        if isinstance(code, str) and _CODE.fullmatch(code.replace("-", "_")):
            return code
        self.fault(path, "Mã gồm chữ thường không dấu, số và gạch nối.", "A code is of plain letters and digits.")
        return ""

    def _words(self, path: str, told: Mapping[str, Any], vi: str, en: str, *, needed: bool = True) -> Words:
        return Words(
            self._text(f"{path}.{vi}".strip("."), told.get(vi), needed=needed),
            self._text(f"{path}.{en}".strip("."), told.get(en), needed=needed),
        )

    def _text(self, path: str, told: Any, *, needed: bool, longest: int = LONGEST_TEXT) -> str:
        if told is None or told == "":
            if needed:
                self.fault(path, "Chưa ghi.", "It is missing.")
            return ""
        if not isinstance(told, str) or len(told) > longest or not told.strip():
            self.fault(path, f"Phải là chữ, tối đa {longest} ký tự.", f"It has to be text of at most {longest}.")
            return ""
        return told.strip()

    def _choice(self, path: str, told: Any, choices: Sequence[str]) -> str:
        if told in choices:
            return str(told)
        names = ", ".join(choices)
        self.fault(path, f"Phải là một trong: {names}.", f"It has to be one of: {names}.")
        return choices[0]

    def _number(self, path: str, told: Any, *, least: Fraction = Fraction(0)) -> Fraction | None:
        try:
            value = exact(told)
        except NotExact:
            self.fault(path, "Phải là số đúng, ví dụ 20, 7.5 hoặc 2/3.", "It has to be an exact number.")
            return None
        if value < least:
            self.fault(path, f"Không nhỏ hơn {written(least)}.", f"It is at least {written(least)}.")
            return None
        return value
