"""`entitlements`: what support a firm can get on a day, how much, by which article, and why not."""

import sys
from pathlib import Path
from typing import Any

import click

from matxich.cli import Answer, json_option
from matxich.cli.usage import ExistingFile
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.policy.law import law
from matxich.policy.queries import facts_of, facts_of_commune, firm_of_tax_code
from matxich.policy.queries.funding import with_funding
from matxich.rulebook.json_values import BadDocument, parse
from matxich.rulebook.law.answering import Answer as LawAnswer
from matxich.rulebook.law.answering import answers
from matxich.rulebook.law.asking import BadCase, case_of, day_of
from matxich.rulebook.law.conditions import spoken
from matxich.rulebook.law.facts import Known
from matxich.rulebook.law.telling import VERDICTS, answers_json
from matxich.rulebook.law.truth import Truth
from matxich.rulebook.law.vocabulary import FACTS

LONGEST = 1_000_000
_SAID = {"eligible": "được", "not": "không", "unknown": "chưa rõ"}


# What is said of a document that cannot be read, and what to do.
_SLIPS = {
    "too_long_file": ("Tệp dài quá một triệu ký tự.", "Một trường hợp là một đối tượng JSON nhỏ."),
    "repeated_key": ("“%(key)s” có hai lần.", "Giữ lại một giá trị, hoặc ghi cả hai thành danh sách có nguồn."),
    "not_json": ("Tệp không phải là JSON: %(reason)s.", "Xem mẫu trong docs/luat.md."),
}


class BadQuestion(Refusal):
    """The case cannot be asked: a slip in it, a value that cannot be."""

    code = "bad_case"


@click.command("entitlements")
@click.argument("file", type=ExistingFile(standard_input=True))
@json_option
def entitlements(file: Path) -> Answer:
    """Trả lời một trường hợp (tệp JSON hoặc “-”): được hỗ trợ gì, bao nhiêu, theo điều nào, vì sao không."""
    document = _document(sys.stdin.buffer.read(LONGEST + 1) if str(file) == "-" else file.read_bytes())
    try:
        case = case_of(document, told=_told(document))
    except BadCase as error:
        raise BadQuestion(f"{error.field}: {error.words.vi}", "Sửa tệp rồi hỏi lại.") from error
    now = law()
    found = with_funding(answers(now, case), case)
    data = {"answers": answers_json(now, case, found), "rules_version": now.version}
    return Answer(data, [_line(each) for each in found])


def _document(raw: bytes) -> Any:
    try:
        return parse(raw, longest=LONGEST)
    except BadDocument as error:
        told, hint = _SLIPS[error.code]
        raise BadQuestion(told % error.params, hint) from error


def _told(document: Any) -> dict[str, list[Known]]:
    """What the register says of a tax code, and places of the code of a commune."""
    enterprise = document.get("enterprise") if isinstance(document, dict) else None
    named = enterprise if isinstance(enterprise, dict) else {}
    found: dict[str, list[Known]] = {}
    on = day_of(document)
    if named.get("tax_code"):
        project = document.get("project")
        content = str(project.get("content") or "") if isinstance(project, dict) else ""
        firm = firm_of_tax_code(str(named["tax_code"]))
        found = facts_of(firm, on=on, actor=system_actor(), content=content)
    if named.get("site_commune"):
        found |= facts_of_commune(str(named["site_commune"]), on)
    return found


def _line(answer: LawAnswer) -> str:
    said = f"{answer.support.id} {answer.support.words.vi}: {_SAID[VERDICTS[answer.truth]]}"
    if answer.amount.most is not None:
        said += f", tối đa {spoken(answer.amount.most)} đồng"
    if answer.truth is Truth.NO:
        said += "; vướng: " + "; ".join(each.words.vi for each in answer.changes)
    elif answer.missing:
        said += "; cần biết: " + ", ".join(FACTS[fact].words.vi.lower() for fact in answer.missing)
    if answer.unconfirmed:
        said += "; chưa xác nhận: " + ", ".join(answer.unconfirmed)
    return said


COMMANDS = {"entitlements": entitlements}
