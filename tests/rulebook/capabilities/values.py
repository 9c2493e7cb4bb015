"""Strategies for storable values of every field, made from its parts."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from matxich.rulebook.capabilities.checking import check
from matxich.rulebook.capabilities.countries import NAMES, REGIONS
from matxich.rulebook.capabilities.energy import SOURCES
from matxich.rulebook.capabilities.fields import FIELDS
from matxich.rulebook.capabilities.figures import exact
from matxich.rulebook.capabilities.model import Part
from matxich.rulebook.capabilities.size_range import AXES
from matxich.rulebook.capabilities.tolerance import HIGHEST

LATEST = 2026
WORDS = (
    *(
        "Máy",
        "phay",
        "CNC",
        "ép",
        "nhựa",
        "Mazak",
        "VTC-200",
        "2015",
        "x",
        "3",
        "Nhật",
        "5",
        "trục",
        "ISO",
        "9001:2015",
    ),
    *(
        "TÜV",
        "số",
        "đến",
        "12/2026",
        "±0,01",
        "mm",
        "Ø5",
        "500",
        "Samsung",
        "cấp",
        "1",
        "60%",
        "của",
        "KCN",
        "Lô",
        "A1,",
    ),
    *(
        "tỷ",
        "đồng",
        "không",
        "cần",
        "vay",
        "để",
        "ốc",
        "vít",
        "HS",
        "(mới)",
        "và",
        "/",
        "-",
        "&",
        "“tốt”",
        "hãng:",
        "No.",
    ),
)
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    st.text("aăâbcdđeêôơưyzAĐIO019 -/.,:;()×x°µ", min_size=1, max_size=12).map(lambda text: " ".join(text.split())),
).filter(bool)
items = texts.map(lambda text: text.replace(";", "").strip(" ,")).filter(bool)
decimals = st.decimals(min_value=0, max_value=10**6, places=3).map(lambda one: exact(one.normalize()))
percents = st.decimals(min_value=0, max_value=100, places=2).map(lambda one: exact(one.normalize()))
days = st.dates(min_value=date(1950, 1, 2), max_value=date(2049, 1, 1))


def part_values(part: Part) -> st.SearchStrategy[Any]:
    made: dict[str, st.SearchStrategy[Any]] = {
        "text": texts,
        "texts": st.lists(items, min_size=1, max_size=3, unique=True),
        "integer": st.integers(part.low, min(part.high, 10**7)),
        "decimal": decimals,
        "percent": percents,
        "money": st.integers(max(part.low, 1), 10**14),
        "year": st.integers(1900, LATEST),
        "date": days.map(lambda day: day.isoformat()),
        "until": days.map(lambda day: day.isoformat()),
        "choice": st.sampled_from([int(code) if code.isdecimal() else code for code in part.choices] or ["-"]),
        "country": st.sampled_from(sorted(NAMES.keys() - REGIONS)),
        "markets": st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=4, unique=True),
        "lengths": st.lists(decimals, min_size=1, max_size=3),
        "hs": st.from_regex(r"(?:0[1-9]|[1-6][0-9]|8[0-9])[0-9]{2}(?:[0-9]{2}){0,2}", fullmatch=True).filter(
            str.isascii
        ),
        "vsic": st.fixed_dictionaries(
            {"code": st.from_regex("(?:1[0-9]|2[0-9]|3[0-3])[0-9]{0,3}", fullmatch=True).filter(str.isascii)},
            optional={"edition": st.sampled_from(["2007", "2018", "2025"])},
        ),
        "yes_no": st.booleans(),
        "phone": st.from_regex("0[0-9]{2} [0-9]{3} [0-9]{4}|\\+84 [0-9]{9}", fullmatch=True).filter(str.isascii),
        "email": st.from_regex("[a-z]{1,8}@[a-z]{1,8}\\.vn", fullmatch=True),
    }
    return made[part.kind]


sizes = st.integers(1, 4).flatmap(
    lambda count: st.fixed_dictionaries(
        {"max_mm": st.lists(decimals, min_size=count, max_size=count)},
        optional={
            "axes": st.lists(st.sampled_from(sorted(AXES)), min_size=count, max_size=count, unique=True),
            "min_mm": st.lists(st.none() | st.just("0.5") | st.just("1"), min_size=count, max_size=count),
            "max_weight_kg": decimals,
            "stated": st.sampled_from(['1/2"', "Ø0.5 in", "20x10 inch", "0.25 in"]),
        },
    )
)
grades = st.sampled_from(["IT01", "IT0", "IT5", "IT6"])
deviations = st.integers(0, HIGHEST)
tolerances = st.one_of(
    st.fixed_dictionaries({"it": grades}, optional={"it_to": st.sampled_from(["IT7", "IT18"]), "applies_to": texts}),
    st.fixed_dictionaries({"plus_nm": deviations, "minus_nm": deviations}, optional={"applies_to": texts}),
    st.builds(
        lambda nm, rest, wide: {"plus_nm": nm, "minus_nm": nm} | rest | ({"coarsest_nm": nm + 7} if wide else {}),
        st.integers(1, HIGHEST - 7),
        st.fixed_dictionaries({}, optional={"applies_to": texts, "stated": st.sampled_from(['±.0005"', "±0.001 in"])}),
        st.booleans(),
    ),
)
sources = st.lists(st.sampled_from(sorted(SOURCES)), min_size=1, max_size=3, unique=True)


def values(field: str) -> st.SearchStrategy[dict[str, Any]]:
    """Values that `check` accepts, without what callers fill in."""
    if field == "tolerance":
        made: st.SearchStrategy[dict[str, Any]] = tolerances
    elif field == "size_range":
        made = sizes
    else:
        parts = {part.code: part_values(part) for part in FIELDS[field].parts if not part.silent}
        if field == "energy":
            parts["sources"] = sources
        needed = {part.code: parts.pop(part.code) for part in FIELDS[field].parts if part.required}
        made = st.fixed_dictionaries(needed, optional=parts)
    made = made.map(lambda value: _consistent(field, value))
    return made.filter(lambda value: check(field, value, latest_year=LATEST) == [])


def _consistent(field: str, value: dict[str, Any]) -> dict[str, Any]:
    """Mend what two parts made at random seldom agree on, so that few values are thrown away."""
    value = dict(value)
    for low, high in (("year", "year_to"), ("tonnage_t", "tonnage_to_t"), ("amount", "amount_to")):
        if high in value and low in value and Decimal(value[low]) > Decimal(value[high]):
            value[low], value[high] = value[high], value[low]
    if field == "machine" and not value.keys() & {"kind", "maker"}:
        value["kind"] = "Máy phay"
    if field == "exports":
        if "amount" in value:
            value.pop("percent", None)
            value.setdefault("currency", "USD")
        else:
            value.pop("currency", None)
    if field == "credit_need" and value["need"] == "no":
        return {"need": "no"}
    if field == "product" and "yearly" in value:
        value.setdefault("unit", "bộ")
    return value
