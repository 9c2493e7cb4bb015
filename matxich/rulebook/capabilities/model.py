"""What reading, checking and wording hand to each other; values are JSON, one a statement.

A value is an object whose missing key means "not known": null is never stored. Whole numbers are integers, measured
ones decimal texts ("0.5"), money whole đồng, dates ISO texts, ends of validity half-open.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from matxich.rulebook.sections import Audience, Section

type Value = dict[str, Any]
Language = Literal["vi", "en"]
PartKind = Literal[
    "text", "texts", "integer", "decimal", "percent", "money", "year", "date", "until", "choice",
    "country", "markets", "lengths", "hs", "vsic", "yes_no", "phone", "email", "code",
]  # fmt: skip

EARLIEST_YEAR = 1900
SEPARATOR = " · "

# Code: Vietnamese, English.
WARNINGS: dict[str, tuple[str, str]] = {
    "not_understood": ("Chưa hiểu phần này; giữ như chữ.", "This part is not understood; kept as text."),
    "year_out_of_range": (
        "Năm phải từ %(earliest)s đến %(latest)s; giữ như chữ.",
        "The year must be from %(earliest)s to %(latest)s; kept as text.",
    ),
    "two_digit_year": ("Năm viết hai chữ số, hiểu là %(year)s.", "A two-digit year, read as %(year)s."),
    "ambiguous_number": (
        "Dấu chấm, phẩy có thể hiểu hai cách; đã đọc theo cách viết của Việt Nam.",
        "The marks can be read two ways; read as Viet Nam writes.",
    ),
    "sign_assumed": ("Không có dấu ±; hiểu là hai phía như nhau.", "No ± sign; taken as the same on both sides."),
    "unit_assumed": ("Không nêu đơn vị; hiểu là mm.", "No unit given; taken as mm."),
    "to_the_end_of": (
        "Ngày chỉ nêu tháng hoặc năm; tính đến hết %(until)s.",
        "Only a month or year is given; counted to the end of %(until)s.",
    ),
    "from_the_start_of": (
        "Ngày chỉ nêu tháng hoặc năm; tính từ %(start)s.",
        "Only a month or year is given; counted from %(start)s.",
    ),
    "rounded": (
        "Số tiền lẻ dưới một đồng (hoặc một đơn vị tiền) đã được làm tròn.",
        "A fraction of one đồng (or one unit of money) was rounded.",
    ),
    "currency_assumed": (
        "Không nêu loại tiền; hiểu là đồng Việt Nam.",
        "No currency given; taken as Vietnamese đồng.",
    ),
    "restated_differently": ("Hai cách viết không bằng nhau; giữ cách đầu.", "Two forms differ; the first is kept."),
    "more_than_one": ("Chỉ nhận một giá trị; phần sau giữ như chữ.", "One value only; the rest is kept as text."),
    "legal_basis_missing": (
        "Dữ liệu cá nhân cần căn cứ xử lý trước khi lưu.",
        "Personal data needs a legal basis before it is stored.",
    ),
    "contradictory": ("Các phần không khớp nhau; giữ như chữ.", "The parts contradict each other; kept as text."),
    "code_shape": ("Mã không đúng dạng; giữ như chữ.", "The code has no valid shape; kept as text."),
    "edition_unknown": ("Chưa rõ mã ngành theo bản nào.", "The edition of the industry code is not known."),
}
QUESTIONS: dict[str, tuple[str, str]] = {
    "unit_missing": ("Không nêu đơn vị. Đơn vị nào đúng?", "No unit given. Which unit is meant?"),
    "period_missing": ("Không nêu theo tháng hay theo năm. Kỳ nào đúng?", "Per month or per year?"),
}
PROBLEMS: dict[str, tuple[str, str]] = {
    "not_an_object": ("Giá trị không đúng dạng.", "The value has the wrong shape."),
    "unknown_part": ("Không có mục này.", "There is no such part."),
    "missing": ("Cần điền mục này.", "This part is required."),
    "wrong_shape": ("Nội dung không đúng dạng.", "The content has the wrong shape."),
    "not_a_choice": ("Chọn một trong các giá trị đã cho.", "Choose one of the given values."),
    "out_of_range": ("Số phải từ %(low)s đến %(high)s.", "The number must be from %(low)s to %(high)s."),
    "year_out_of_range": (
        "Năm phải từ %(earliest)s đến %(latest)s.",
        "The year must be from %(earliest)s to %(latest)s.",
    ),
    "unknown_country": ("Không có mã nước này.", "There is no such country code."),
    "no_such_chapter": ("Không có chương này trong danh mục HS.", "The HS has no such chapter."),
    "no_such_division": ("Không có ngành cấp 2 này trong bản đã nêu.", "That edition has no such division."),
    "separator_inside": ("Không dùng dấu “%(mark)s” trong mục này.", "Do not use “%(mark)s” here."),
    "reversed": ("Giá trị đầu lớn hơn giá trị cuối.", "The first value is above the last."),
    "nothing_stated": ("Cần ít nhất một mục.", "At least one part is required."),
    "not_together": ("Hai mục này không đi cùng nhau.", "These two parts exclude each other."),
    "sizes_differ": ("Số chiều của hai danh sách không bằng nhau.", "The two lists differ in length."),
    "legal_basis_missing": (
        "Dữ liệu cá nhân cần căn cứ xử lý: đồng ý, hợp đồng, nghĩa vụ pháp lý hoặc nguồn công khai.",
        "Personal data needs a legal basis: consent, contract, legal duty or a public source.",
    ),
    "public_without_basis": (
        "Chỉ công khai khi người đó đồng ý hoặc thông tin đã công khai.",
        "Public only with the person's consent or when public already.",
    ),
    "does_not_fit_kind": ("Không khớp với loại đã chọn.", "Does not fit the chosen kind."),
}


def _message(texts: tuple[str, str], params: Mapping[str, Any], language: Language) -> str:
    return texts[language == "en"] % params


@dataclass(frozen=True, slots=True)
class Warned:
    """Something read with a doubt, or not at all. `kept`: the words concerned, as written."""

    code: str
    kept: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def message(self, language: Language = "vi") -> str:
        return _message(WARNINGS[self.code], self.params, language)


@dataclass(frozen=True, slots=True)
class Question:
    """A text that can mean several things: a person chooses one of `readings`; none is taken by itself."""

    code: str
    kept: str
    readings: tuple[Value, ...]

    def message(self, language: Language = "vi") -> str:
        return _message(QUESTIONS[self.code], {}, language)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value cannot be stored. `part`: the key concerned, "" for the whole."""

    code: str
    part: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)

    def message(self, language: Language = "vi") -> str:
        return _message(PROBLEMS[self.code], self.params, language)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. `text` is the original, whole. Each of `values` becomes a statement of its own."""

    text: str
    values: tuple[Value, ...] = ()
    warnings: tuple[Warned, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def question(self) -> Question | None:
        return self.questions[0] if self.questions else None

    @property
    def value(self) -> Value | None:
        """The value when there is exactly one."""
        return self.values[0] if len(self.values) == 1 else None


@dataclass(slots=True)
class Found:
    """A reading being made. `latest_year`: the last year that is no future, told by the caller."""

    latest_year: int
    values: list[Value] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def warn(self, code: str, kept: str, **params: str | int) -> None:
        self.warnings.append(Warned(code, kept, params))

    def ask(self, code: str, kept: str, *readings: Value) -> None:
        self.questions.append(Question(code, kept, readings))

    def leave(self, rest: list[str]) -> None:
        """What no rule understood, kept."""
        for kept in rest:
            self.warn("not_understood", kept)

    def keep(self, value: Value | None, text: str, rest: list[str]) -> None:
        """The one value of a text and what is left beside it; with no value the whole text is what is left."""
        if value is not None:
            self.values.append(value)
        self.leave(rest if value is not None else [text])


@dataclass(frozen=True, slots=True)
class Part:
    """One key of a value. `choices`: code to (Vietnamese, English). `low`, `high`: bounds, inclusive.

    `silent`: filled in by the caller (a taxonomy code, a commune) and not worded.
    """

    code: str
    label_vi: str
    label_en: str
    kind: PartKind
    required: bool = False
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    low: int = 0
    high: int = 10**15
    silent: bool = False

    def label(self, language: Language) -> str:
        return self.label_en if language == "en" else self.label_vi


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of structured value.

    `list_field`: the flat field of lists whose texts it reads, "" when there is none. `many`: a passport holds several,
    each a statement. `weight`: its share in completeness. `no_is_said`: "không" is an answer, not an empty cell.
    `read` fills a Found from one piece of text; `plain` words a value as people write it; `faults` are the rules
    between parts, after each part is well shaped.
    """

    code: str
    list_field: str
    many: bool
    label_vi: str
    label_en: str
    section: Section
    audience: Audience
    weight: int
    parts: tuple[Part, ...]
    read: Callable[[str, Found], None]
    plain: Callable[[Value, Language], str]
    faults: Callable[[Value, int], list[Problem]] = lambda value, latest_year: []
    personal: bool = False
    no_is_said: bool = False

    def label(self, language: Language) -> str:
        return self.label_en if language == "en" else self.label_vi

    def part(self, code: str) -> Part:
        return next(part for part in self.parts if part.code == code)
