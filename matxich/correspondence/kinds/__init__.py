"""Each kind of paper with its contract, the template that comes with the program, and sample data to preview it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from matxich.correspondence.kinds import circular36, coaching, council, decisions
from matxich.correspondence.kinds.fields import read, shape_of
from matxich.kit.refusals import Refusal
from matxich.rulebook.papers.kinds import KINDS, PaperKind

DATA = Path(__file__).resolve().parent.parent / "data"

CONTRACTS: dict[str, type] = {
    "approval": decisions.Approval,
    "ballot": council.Ballot,
    "council_founding": council.CouncilFounding,
    "council_minutes": council.CouncilMinutes,
    "council_plan": council.CouncilPlan,
    "course_certificate": coaching.CourseCertificate,
    "form_1": circular36.Form1,
    "form_2": circular36.Form2,
    "form_4a": circular36.Form4a,
    "form_4b": circular36.Form4b,
    "refusal_letter": decisions.RefusalLetter,
    "return_letter": decisions.ReturnLetter,
    "selection_letter": coaching.SelectionLetter,
    "submission": decisions.Submission,
}


class NoSuchKind(Refusal):
    code = "no_such_paper_kind"
    status = 404


@dataclass(frozen=True, slots=True)
class Declared:
    """A kind of paper with everything that belongs to it."""

    kind: PaperKind
    contract: type

    @property
    def shape(self) -> dict[str, Any]:
        return shape_of(self.contract)

    @property
    def packaged(self) -> str:
        """The template that came with the program."""
        return _text(self.kind.code)

    @property
    def sample(self) -> Any:
        """Invented values, every name of them marked as such."""
        return read(self.contract, _samples()[self.kind.code])


def declared(code: str) -> Declared:
    """Raises NoSuchKind."""
    if code not in CONTRACTS:
        raise NoSuchKind(_("Không có loại văn bản này."), _("Chọn một loại trong danh sách mẫu."))
    return Declared(KINDS[code], CONTRACTS[code])


def code_of(contract: Any) -> str:
    """The kind whose contract a value fills."""
    return next(code for code, each in CONTRACTS.items() if isinstance(contract, each))


@cache
def _text(code: str) -> str:
    return (DATA / f"{code}.txt").read_text(encoding="utf-8")


@cache
def _samples() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / "samples.yaml").read_text(encoding="utf-8"))
    return loaded
