"""Names as they are met in lists: legal form, trade, an invented core, and what firms like to add."""

from dataclasses import dataclass
from itertools import accumulate

from demo.synthetic import words
from demo.synthetic.chance import Chance
from demo.synthetic.lines import Line
from matxich.registry.states import Kind
from matxich.rulebook.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form, how names write it, and how lists name it. `weight`: firms of a thousand."""

    kind: str
    written: tuple[str, ...]
    english: str
    listed: str
    weight: int


FORMS = (
    Form(Kind.ENTERPRISE, ("Công ty TNHH MTV {}", "Công ty TNHH Một thành viên {}", "CÔNG TY TNHH MTV {}"),
     "{} Co., Ltd.",
         "Công ty TNHH một thành viên", 395),
    Form(Kind.ENTERPRISE, ("Công ty TNHH {}", "Cty TNHH {}", "Công ty Trách nhiệm hữu hạn {}"), "{} Co., Ltd.",
         "Công ty TNHH hai thành viên trở lên", 265),
    Form(Kind.ENTERPRISE, ("Công ty Cổ phần {}", "Công ty CP {}", "CTCP {}"), "{} JSC", "Công ty cổ phần", 205),
    Form(Kind.HOUSEHOLD, ("Hộ kinh doanh {}", "HKD {}", "Cơ sở {}"), "", "Hộ kinh doanh", 62),
    Form(Kind.ENTERPRISE, ("Doanh nghiệp tư nhân {}", "DNTN {}"), "{} Private Enterprise", "Doanh nghiệp tư nhân", 34),
    Form(Kind.COOPERATIVE, ("Hợp tác xã {}", "HTX {}"), "{} Cooperative", "Hợp tác xã", 28),
    Form(Kind.COOPERATIVE_GROUP, ("Tổ hợp tác {}",), "", "Tổ hợp tác", 7),
    Form(Kind.UNION, ("Liên hiệp hợp tác xã {}",), "{} Cooperative Union", "Liên hiệp hợp tác xã", 4),
)  # fmt: skip
WEIGHTS = tuple(accumulate(form.weight for form in FORMS))
"""Added up."""
FOREIGN = 0.09
"""Of companies."""


@dataclass(frozen=True, slots=True)
class Name:
    full: str
    english: str
    short: str


def name(chance: Chance, form: Form, line: Line, province: str) -> Name:
    core = _core(chance)
    called = chance.often(line.called)
    match chance.below(20):
        case 0 | 1:
            middle = f"{chance.often(words.BUSINESS)} {core}"
        case 2 | 3:
            middle = f"{called} {core} {chance.often(words.COUNTRY)}"
        case 4:
            middle = f"{called} {core} {province}"
        case 5 | 6:
            middle = f"{chance.often(words.BUSINESS)} {called} {core}"
        case 7:
            middle = core
        case 8 | 9 | 10:
            middle = f"{called} {_letters(chance)} {core}"
        case _:
            middle = f"{called} {core}"
    full = chance.often(form.written).format(middle)
    plain = fold(core).title()
    english = form.english.format(f"{plain} {line.english}") if form.english else ""
    short = "".join([word[0] for word in plain.split()]) + f" {_letters(chance)}"
    return Name(full, english, short)


def _core(chance: Chance) -> str:
    pattern = chance.random()
    if pattern < 0.22:
        return chance.often(words.STEMS) + chance.often(words.ENDINGS)
    syllables = f"{chance.often(words.FIRST)} {chance.often(words.SECOND)}"
    return syllables if pattern < 0.5 else f"{syllables} {chance.often(words.THIRD)}"


def _letters(chance: Chance) -> str:
    return "".join(chance.choices(words.LETTERS, k=3))


def person(chance: Chance) -> str:
    """Nobody is called so."""
    return f"{chance.often(words.SURNAMES)} {chance.one(words.MIDDLES)} {chance.one(words.GIVEN)}"
