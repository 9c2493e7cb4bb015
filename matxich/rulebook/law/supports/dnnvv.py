"""Small and medium enterprises, decree 80/2021 articles 11 and 13: what may double a support of the other groups."""

from matxich.rulebook.law.conditions import All, Condition, Era, Is, Not, Rule
from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.rules import ONCE, SME
from matxich.rulebook.law.spans import Span
from matxich.rulebook.law.supports.model import Level, Option, Support

_SINCE = Span.of("2021-10-15")
_ARTICLE = Citation("nd-80-2021")
_ENTERPRISE = Is(
    "legal_form", ("enterprise", "cooperative"), Words("Là doanh nghiệp, hợp tác xã", "Is a firm"), _ARTICLE
)
_WOMEN = Is(
    "women_owned", (True,), Words("Phụ nữ làm chủ, nhiều lao động nữ, xã hội", "Women-owned or social"), _ARTICLE
)


def _just(size: str, smaller: str = "") -> Condition:
    fits = Rule(f"at_most_{size}")
    return All((fits, Not(Rule(f"at_most_{smaller}")))) if smaller else fits


_BY_SIZE = {"micro": _just("micro"), "small": _just("small", "micro"), "medium": _just("medium", "small")}


def _options(code: str, sizes: tuple[str, ...], *, own_share: bool = False, women: bool = False) -> tuple[Option, ...]:
    found = [Option(code, f"share_{size}" if own_share else "share", f"cap_{size}", _BY_SIZE[size]) for size in sizes]
    if women:
        found += [Option(code, f"share_{size}", f"cap_{size}_women", All((_BY_SIZE[size], _WOMEN))) for size in sizes]
    return tuple(found)


def _support(code: str, vi: str, en: str, who: Condition, *options: Option) -> Support:
    condition = All((_ENTERPRISE, who, ONCE), Words("Đủ các điều kiện", "All conditions hold"), _ARTICLE)
    return Support(code, "dnnvv", Words(vi, en), (Era(_SINCE, condition),), Level(options), code)


_ALL = ("micro", "small", "medium")
_NOT_MICRO = All((SME, Not(Rule("at_most_micro"), Words("Không phải siêu nhỏ", "Not a micro enterprise"))))

SUPPORTS = (
    _support(
        "DN-20",
        "Tư vấn chuyển đổi số (doanh nghiệp nhỏ, vừa)",
        "Consulting on digital transformation",
        _NOT_MICRO,
        *_options("DN-20", ("small", "medium")),
    ),
    _support("DN-21", "Giải pháp chuyển đổi số", "Digital solutions", SME, *_options("DN-21", _ALL)),
    _support(
        "DN-22", "Tư vấn sở hữu trí tuệ, chuyển giao công nghệ", "Consulting on IP and transfer", SME, Option("DN-22")
    ),
    _support("DN-23", "Tư vấn", "Consulting", SME, *_options("DN-23", _ALL, own_share=True, women=True)),
)
