"""The long form of a proposal as data: sections, fields, help in two languages, what a field waits for.

A YAML file a form; its instrument and article say where the contents come from: article 5 of circular 36/2013 for
industrial promotion (KC-30), the practice of decision 1403/QĐ-BCT for supporting industries (CN-62). Answers are kept
as JSON by the field's id: text and long as text, money whole đồng, whole a number, share ten-thousandths, date ISO,
yes_no and vow true or false, choice a code, choices a list of codes.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.faults import BadValue, LawFault, MissingKey, Repeated
from matxich.rulebook.law.figures import LARGEST
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.reading import Read, parsed, unknown
from matxich.rulebook.law.supports.kinds import SUPPORTS
from matxich.rulebook.law.vocabulary import FACTS
from matxich.rulebook.passport import FIELDS as PASSPORT
from matxich.rulebook.vietnamese.numbers import parse_date, parse_number
from matxich.rulebook.vietnamese.text import nfc, squeeze

Kind = Literal["text", "long", "money", "whole", "share", "date", "yes_no", "vow", "choice", "choices"]
KINDS: tuple[str, ...] = get_args(Kind)
Shape = Literal["single", "grouped", "joint"]
SHAPES: tuple[str, ...] = get_args(Shape)
MOST = {"text": 300, "long": 6000}
CONFIDENCE = ("high", "medium", "low")
LONGEST = 16
"""Digits of the largest figure; longer ones are not even read."""
_TOO_MUCH = Words("Lớn hơn 10^15: hãy kiểm tra lại đơn vị (đồng).", "Above 10^15: check the unit.")
_FACT_KINDS = {
    "choice": "choice", "yes_no": "yes_no", "vow": "yes_no", "money": "money", "whole": "whole", "share": "share",
}  # fmt: skip
type Answers = Mapping[str, Any]


class UnknownName(LawFault):
    """A field, support, fact or passport field that is spoken of and does not exist."""


class BadAnswer(ValueError):
    """An answer that cannot be kept; `words` says what is expected."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.vi)
        self.words = words


@dataclass(frozen=True, slots=True)
class When:
    """Another field of the form and the answers for which this holds."""

    field: str
    values: tuple[Any, ...]

    def holds(self, answers: Answers) -> bool:
        said = answers.get(self.field)
        given = said if isinstance(said, list) else [said]
        return any(value in self.values for value in given)


@dataclass(frozen=True, slots=True)
class FormField:
    """`when`: shown only then. `required`: has to be answered where it is shown; `required_when`: only then.

    `passport`: the field of the passport it is filled from; `fact`: the fact of the law it tells; `contents`: kinds of
    support it is asked for, empty for all; `most`: characters at most.
    """

    id: str
    kind: Kind
    words: Words
    help: Words
    required: bool
    required_when: When | None
    when: When | None
    choices: Mapping[str, Words]
    most: int
    passport: str
    fact: str
    contents: tuple[str, ...]
    least: int = 0


@dataclass(frozen=True, slots=True)
class FormSection:
    """`shapes`: kinds of proposal (single, grouped, joint) it belongs to, empty for all."""

    id: str
    words: Words
    help: Words
    fields: tuple[FormField, ...]
    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """`confidence`: how sure it is that the contents are the law's; the words for it stand on the page."""

    id: str
    edition: str
    words: Words
    article: Citation
    confidence: str
    group: str
    sections: tuple[FormSection, ...]

    def section(self, code: str) -> FormSection | None:
        return next((one for one in self.sections if one.id == code), None)

    def field(self, code: str) -> FormField | None:
        return next((one for section in self.sections for one in section.fields if one.id == code), None)

    @property
    def fields(self) -> tuple[FormField, ...]:
        return tuple(one for section in self.sections for one in section.fields)


@dataclass(frozen=True, slots=True)
class FormFault:
    """A place of a form that keeps it from being submitted: `path` is section.field, `why` a key of WHY."""

    path: str
    section: str
    field: str
    why: str


WHY: Mapping[str, Words] = {
    "missing": Words("Mục này phải ghi trước khi nộp.", "This has to be answered before submitting."),
    "vow": Words("Cần đánh dấu cam kết này trước khi nộp.", "This commitment has to be ticked before submitting."),
    "short": Words("Còn quá ngắn để xét.", "Too short to be judged."),
}


def form_of(file: str, text: str, instruments: Collection[str]) -> Form:
    """The form a YAML text declares. A LawFault with file and line for anything it cannot mean."""
    told = parsed(file, text).keys(
        ("id", "edition", "vi", "en", "article", "confidence", "group", "sections"),
        needed=("id", "edition", "vi", "en", "article", "confidence", "group", "sections"),
    )
    sections = tuple(_section(one) for one in told["sections"].items())
    form = Form(
        told["id"].text(), told["edition"].text(), _words(told), _citation(told["article"], instruments),
        told["confidence"].choice(CONFIDENCE), told["group"].choice(("kc", "cnht")), sections,
    )  # fmt: skip
    _checked_names(file, told["sections"], form)
    return form


def _section(read: Read) -> FormSection:
    keys = ("id", "vi", "en", "help_vi", "help_en", "shapes", "fields")
    told = read.keys(keys, needed=("id", "vi", "en", "fields"))
    shapes = tuple(one.choice(SHAPES) for one in told["shapes"].items()) if "shapes" in told else ()
    fields = tuple(_field(one) for one in told["fields"].items())
    return FormSection(told["id"].text(), _words(told), _words(told, "help_"), fields, shapes)


def _field(read: Read) -> FormField:
    keys = (
        "id", "kind", "vi", "en", "help_vi", "help_en", "required", "required_when", "when", "choices", "most", "least",
        "passport", "fact", "contents",
    )  # fmt: skip
    told = read.keys(keys, needed=("id", "kind", "vi", "en"))
    kind = told["kind"].choice(KINDS)
    fact = told["fact"].choice(FACTS) if "fact" in told else ""
    if fact and _FACT_KINDS.get(kind) != FACTS[fact].kind:
        raise read.fault(BadValue, f"Sự kiện “{fact}” không thuộc loại “{kind}”.", f"{fact} is not of kind {kind}.")
    choices = _choices(read, told, kind, fact)
    return FormField(
        told["id"].text(), cast(Kind, kind), _words(told), _words(told, "help_"), _yes(told, "required"),
        _when(told, "required_when"), _when(told, "when"), choices,
        told["most"].whole() if "most" in told else MOST.get(kind, 0),
        told["passport"].choice(PASSPORT) if "passport" in told else "", fact,
        tuple(one.choice(SUPPORTS) for one in told["contents"].items()) if "contents" in told else (),
        told["least"].whole() if "least" in told else 0,
    )  # fmt: skip


def _choices(read: Read, told: dict[str, Read], kind: str, fact: str) -> dict[str, Words]:
    if kind not in ("choice", "choices"):
        return {}
    if fact and "choices" not in told:
        return dict(FACTS[fact].choices or {})
    if "choices" not in told:
        raise read.fault(MissingKey, "Thiếu khóa “choices”.", "The key “choices” is missing.")
    found = {
        code: _words(one.keys(("vi", "en"), needed=("vi", "en"))) for code, one in told["choices"].keys(()).items()
    }
    for code in found:
        if fact and code not in (FACTS[fact].choices or {}):
            raise read.fault(UnknownName, *unknown(code, list(FACTS[fact].choices or {})))
    return found


def _words(told: Mapping[str, Read], prefix: str = "") -> Words:
    vi, en = (told[f"{prefix}{each}"].text() if f"{prefix}{each}" in told else "" for each in ("vi", "en"))
    if bool(vi) != bool(en):
        there = told.get(f"{prefix}vi") or told[f"{prefix}en"]
        raise there.fault(MissingKey, "Phải có cả tiếng Việt và tiếng Anh.", "Both vi and en are needed.")
    return Words(vi, en)


def _yes(told: Mapping[str, Read], key: str) -> bool:
    value = told[key].value() if key in told else False
    if not isinstance(value, bool):
        raise told[key].fault(BadValue, "Phải là true hoặc false.", "It has to be true or false.")
    return value


def _when(told: Mapping[str, Read], key: str) -> When | None:
    if key not in told:
        return None
    pairs = told[key].keys(())
    if len(pairs) != 1:
        raise told[key].fault(BadValue, "Chỉ một trường: {trường: [giá trị]}.", "One field: {field: [values]}.")
    ((name, values),) = pairs.items()
    return When(name, tuple(one.value() for one in values.items()))


def _citation(read: Read, instruments: Collection[str]) -> Citation:
    told = read.keys(("instrument", "at"), needed=("instrument",))
    return Citation(told["instrument"].choice(instruments), told["at"].text() if "at" in told else "")


def _checked_names(file: str, read: Read, form: Form) -> None:
    """Ids stand once; a field waits only for one before it, so that a form has no circle."""
    seen: dict[str, FormField] = {}
    sections: set[str] = set()
    for section in form.sections:
        if section.id in sections:
            raise Repeated(file, read.line, f"Phần “{section.id}” có hai lần.", f"Section “{section.id}” twice.")
        sections.add(section.id)
        for one in section.fields:
            if one.id in seen:
                raise Repeated(file, read.line, f"Mục “{one.id}” có hai lần.", f"Field “{one.id}” stands twice.")
            for waited in filter(None, (one.when, one.required_when)):
                _checked_when(file, read.line, one, waited, seen)
            seen[one.id] = one


def _checked_when(file: str, line: int, one: FormField, waited: When, seen: Mapping[str, FormField]) -> None:
    before = seen.get(waited.field)
    if before is None:
        vi, en = unknown(waited.field, list(seen))
        raise UnknownName(file, line, f"{one.id}: {vi}", f"{one.id}: {en}")
    for value in waited.values:
        fits = value in before.choices if before.choices else isinstance(value, bool)
        if not fits:
            raise BadValue(
                file, line, f"{one.id}: “{waited.field}” không có câu trả lời “{value}”.",
                f"{one.id}: {waited.field} has no answer {value}.",
            )  # fmt: skip


def shown_sections(form: Form, shape: str) -> tuple[FormSection, ...]:
    return tuple(one for one in form.sections if not one.shapes or shape in one.shapes)


def shown_fields(section: FormSection, answers: Answers, content: str) -> tuple[FormField, ...]:
    """The fields that are asked: of this content, and whose prerequisite was answered so."""
    return tuple(
        one
        for one in section.fields
        if (not one.contents or content in one.contents) and (one.when is None or one.when.holds(answers))
    )


def is_answered(one: FormField, value: Any) -> bool:
    """Zero and "no" are answers; nothing and an empty text are none."""
    return value not in (None, "", [])


def faults(form: Form, answers: Answers, *, shape: str, content: str) -> tuple[FormFault, ...]:
    """What keeps the form from being submitted, in the order of the form."""
    return tuple(_faults(form, answers, shape, content))


def _faults(form: Form, answers: Answers, shape: str, content: str) -> Iterator[FormFault]:
    for section in shown_sections(form, shape):
        for one in shown_fields(section, answers, content):
            value = answers.get(one.id)
            wanted = one.required or (one.required_when is not None and one.required_when.holds(answers))
            why = ""
            if one.kind == "vow" and wanted and value is not True:
                why = "vow"
            elif wanted and not is_answered(one, value):
                why = "missing"
            elif one.least and isinstance(value, str) and is_answered(one, value) and len(value) < one.least:
                why = "short"
            if why:
                yield FormFault(f"{section.id}.{one.id}", section.id, one.id, why)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section is: of the fields that have to be answered, how many are."""

    section: FormSection
    wanted: int
    answered: int
    missing: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.missing


def progress(form: Form, answers: Answers, *, shape: str, content: str) -> tuple[Progress, ...]:
    wrong: dict[str, list[str]] = {}
    for each in faults(form, answers, shape=shape, content=content):
        wrong.setdefault(each.section, []).append(each.field)
    found = []
    for section in shown_sections(form, shape):
        asked = shown_fields(section, answers, content)
        wanted = [one for one in asked if one.required or (one.required_when and one.required_when.holds(answers))]
        missing = tuple(wrong.get(section.id, ()))
        found.append(Progress(section, len(wanted), sum(one.id not in missing for one in wanted), missing))
    return tuple(found)


def read_answer(one: FormField, said: object) -> Any:
    """What was typed, as it is kept; None for nothing. BadAnswer."""
    if one.kind in ("yes_no", "vow"):
        return _yes_or_no(said)
    if one.kind == "choices":
        return _many(one, said)
    text = nfc(str(said or "")).replace("\r\n", "\n").strip()
    if one.kind != "long":
        text = squeeze(text)
    if not text:
        return None
    if one.kind in ("text", "long"):
        if one.most and len(text) > one.most:
            raise BadAnswer(Words(f"Dài quá {one.most} ký tự.", f"Longer than {one.most} characters."))
        return text
    if one.kind == "choice":
        if text not in one.choices:
            raise BadAnswer(Words("Chọn một trong các câu trả lời có sẵn.", "Choose one of the answers."))
        return text
    return read_day(text) if one.kind == "date" else read_figure(one.kind, text)


def _yes_or_no(said: object) -> bool | None:
    if isinstance(said, bool):
        return said
    return {"true": True, "on": True, "1": True, "false": False, "0": False}.get(str(said or "").strip().lower())


def _many(one: FormField, said: object) -> list[str] | None:
    given = [said] if isinstance(said, str) else list(said) if isinstance(said, (list, tuple)) else []
    wanted = [each for each in one.choices if each in given]
    if any(each not in one.choices for each in given if each):
        raise BadAnswer(Words("Chọn trong các câu trả lời có sẵn.", "Choose among the answers."))
    return wanted or None


def read_day(text: str) -> str:
    day = parse_date(text)
    if day is None or day.precision != "day":
        raise BadAnswer(Words("Viết ngày dạng 15/06/2026.", "Write the day as 15/06/2026."))
    return day.on.isoformat()


def read_figure(kind: str, text: str) -> int:
    """Whole đồng, a whole number, or ten-thousandths of "12,5%"; nothing rough, nothing negative. BadAnswer."""
    if sum(letter.isdigit() for letter in text) > LONGEST:
        raise BadAnswer(_TOO_MUCH)
    number = parse_number(text, decimal=",")
    if number is None or number.other is not None:
        raise BadAnswer(Words("Viết số rõ ràng, ví dụ 1.500.000.", "Write the number plainly, such as 1.500.000."))
    if number.comparator:
        raise BadAnswer(Words("Ghi đúng số, không ghi khoảng, trên, dưới.", "Give the exact figure."))
    if number.value < 0:
        raise BadAnswer(Words("Không được âm.", "It cannot be negative."))
    value = number.value * 100 if kind == "share" else number.value
    if value != value.to_integral_value():
        raise BadAnswer(Words("Phải là số nguyên.", "It has to be a whole number."))
    if value > LARGEST:
        raise BadAnswer(_TOO_MUCH)
    return int(value)


def told_facts(form: Form, answers: Answers, *, shape: str, content: str) -> dict[str, Any]:
    """What the answers tell the law: fact → value, of the fields that are asked."""
    return {
        one.fact: answers[one.id]
        for section in shown_sections(form, shape)
        for one in shown_fields(section, answers, content)
        if one.fact and is_answered(one, answers.get(one.id))
    }
