"""Machines: "Máy phay CNC Mazak VTC-200 (2015) x 3", "05 máy ép nhựa Haitian 120T–450T, 2018"."""

import re
from decimal import Decimal
from itertools import pairwise

from matxich.rulebook.capabilities import makers
from matxich.rulebook.capabilities.countries import countries_in, country_code, country_name
from matxich.rulebook.capabilities.figures import bare_number, exact, figure, take_years
from matxich.rulebook.capabilities.model import SEPARATOR, Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import DASH, NUMBER, Scan, by_commas
from matxich.rulebook.vietnamese.text import fold

_COUNTED = r"(?:may|chiec|cai|bo|con|don vi|machines?|units?|sets?|pcs?|he thong|day chuyen|lo)"
_COUNT = r"(?P<n>0*[1-9][0-9]{0,3})(?![0-9])"
_LEADING = re.compile(rf"^\W*{_COUNT}\s*(?:(?:x|×)\s+)?(?=(?:chiec|cai|bo|con)\s|{_COUNTED}(?![a-z]))")
_CLASSIFIER = re.compile(r"^[\s\x1f]*(?:chiec|cai|bo|con)\s+(?=[a-z])")
_TRAILING = (
    re.compile(rf"(?<![a-z0-9.,])(?:so luong|sl|qty|quantity)\s*[:.=]?\s*{_COUNT}"
               rf"(?:\s*(?:{_COUNTED})(?![a-z]))?"),
    re.compile(rf"(?<![\w.,×x])(?:x|×)\s*{_COUNT}(?:\s*{_COUNTED})?\s*(?=$|[\x1f,;)(·])"),
    re.compile(rf"(?:[:(,\x1f·]|\s-)\s*{_COUNT}\s*(?:{_COUNTED})\s*(?=$|[\x1f,;)·])"),
    re.compile(rf"\s{_COUNT}\s*(?:chiec|cai|bo)\s*(?=$|[\x1f,;()·])"),
    re.compile(rf"^\W*{_COUNT}\s*(?:{_COUNTED})\s*$"),
)  # fmt: skip
_TONNAGE = re.compile(
    rf"(?<![\w.,\-])(?P<first>{NUMBER})\s*(?:t|tan|tons?|tonnes?)?\s*"
    rf"(?:{DASH}\s*(?P<last>{NUMBER})\s*)?(?:t|tan|tons?|tonnes?)(?![a-z0-9/])"
)
_AXES = re.compile(r"(?<![\w.,\-])(?P<n>[1-9][0-9]?)\s*-?\s*(?:truc|axis|axes)(?![a-z])")
_TABLE = re.compile(
    rf"(?:(?:(?<!nhat )ban(?: may)?|hanh trinh|kich thuoc(?: ban)?|table|travel)\s*[:=]?\s*)"
    rf"(?P<sizes>{NUMBER}(?:\s*(?:mm)?\s*[x×*]\s*{NUMBER}){{0,2}})\s*(?:\(?\s*mm\s*\)?)?(?![a-z0-9])"
)
_BARE_TABLE = re.compile(
    rf"(?<![\w.,\-])(?P<sizes>{NUMBER}(?:\s*(?:mm)?\s*[x×*]\s*{NUMBER}){{1,2}})\s*\(?\s*mm\s*\)?(?![a-z0-9])"
)
_HOURS = re.compile(
    rf"(?:(?:con )?(?:trong|ranh|san sang|free)\s*[:=]?\s*(?P<a>{NUMBER})\s*(?:h|gio|hours?|hrs?)"
    rf"|(?P<b>{NUMBER})\s*(?:h|gio|hours?|hrs?)\s*(?:trong|ranh|free)"
    rf"|(?P<c>{NUMBER})\s*free (?:hours|hrs|h))\s*(?:/|moi|mot|per|a)\s*(?:tuan|week|wk)(?![a-z])"
)
_ORIGIN_LABEL = re.compile(
    r"(?<![a-z0-9])(?:xuat xu|nuoc (?:sx|san xuat)|made in|nhap (?:khau )?tu|san xuat tai|sx tai|origin|hang|cua)"
    r"\s*[:.]?\s*(?=[^\W\d_])"
)
_MODEL_LABEL = re.compile(r"(?<![a-z0-9])(?:model|kieu|ky hieu|ma hieu)\s*[:.]?\s*(?P<model>[^\s,;()\x1f·]+)")
_MODEL = re.compile(r"\s*(?P<model>[^\s,;()\x1f·×][^\s,;()\x1f·]*(?: [^\s,;()\x1f·]+){0,2})")
_MODEL_WORD = re.compile(r"(?=[^\W_]*-?[^\W_]*[0-9A-Z])[A-Z0-9][\w\-./+]*|[a-zα-ω]-?[A-Z]{0,2}[0-9][\w\-./]*")
_NO_MODEL = re.compile(
    r"(?:18|19|20)[0-9]{2}(?:-(?:19|20)?[0-9]{2})?|[0-9.,]+-?[0-9.,]*(?:t|tan|ton|mm|kg|kw)|[x×][0-9]*"
)
_LONE_MODEL = re.compile(r"(?=\S*[0-9])(?=\S*[A-Z])[A-Z0-9][\w\-./+]{1,30}")
_NEXT = re.compile(r" [-+] (?=(?:[0-9]{1,4} )?(?:may|robot|lo|he thong|trung tam|day chuyen|thiet bi)\b)")
_ASIDE = re.compile(
    r"^(?:tinh trang|hoat dong|con (?:moi|tot|lai)|phuc vu|dung (?:cho|de|trong)|su dung|moi \d|cu\b|da qua|chat luong"
    r"|do chinh xac|cong suat|dang|trong do|gom|bao gom|dau tu|duoc|theo|for |used|condition|including|va )"
)


def _read(text: str, found: Found) -> None:
    if SEPARATOR in text:
        value, rest = _described(text, found, whole=True)
        _close(value, rest, found)
        return
    current: Value = {}
    for piece in _comma_pieces(text):
        value, rest = _described(piece, found)
        aside = rest and _ASIDE.match(fold(rest[0]))
        if current and (aside or not rest) and not (value.keys() & current.keys()):
            current |= value
            found.leave(rest)
            continue
        if current and aside:
            found.leave([piece])
            continue
        if current and len(rest) == 1 and not value and "model" not in current and _LONE_MODEL.fullmatch(rest[0]):
            current["model"] = rest[0]
            continue
        if current:
            _close(current, [], found)
        current = dict(value)
        if rest:
            current["kind"] = rest[0]
            found.leave(rest[1:])
    if current:
        _close(current, [], found)


def _comma_pieces(text: str) -> list[str]:
    """By commas, and by dashes before the next machine: "120T – 450T" stays whole."""
    scan = Scan(text)
    starts = [match.start() for match in _NEXT.finditer(scan.folded)]
    lines = [scan.original[a:b] for a, b in pairwise((0, *starts, None))]
    return [piece for line in lines for piece in by_commas(line.strip(" -–+"))]


def _close(value: Value, rest: list[str], found: Found) -> None:
    if rest and "kind" not in value:
        value["kind"] = rest[0]
        rest = rest[1:]
    found.leave(rest)
    if "kind" in value or "maker" in value:
        found.values.append(dict(sorted(value.items())))
        return
    # Figures alone describe no machine.
    if value:
        found.warn("not_understood", _words(value))


def _words(value: Value) -> str:
    return ", ".join(str(one) for one in value.values())


def _described(text: str, found: Found, *, whole: bool = False) -> tuple[Value, list[str]]:
    scan = Scan(text)
    value: Value = {}
    _take_hours(scan, value)
    _take_table(scan, value)
    if match := scan.take(_AXES):
        value["axes"] = int(match["n"])
    _take_quantity(scan, value)
    _take_maker(scan, value)
    _take_tonnage(scan, value)
    if "model" not in value and (match := scan.find(_MODEL_LABEL)):
        value["model"] = scan.written(match, "model")
        scan.cut(*match.span())
    if years := take_years(scan, found):
        value["year"] = years.first
        if years.last:
            value["year_to"] = years.last
    _take_origin(scan, value)
    rest = scan.rest("()")
    if "origin" not in value:
        for at, one in enumerate(rest):
            code = country_code(one)
            if code and len(code) == 2 and code != "VN":
                value["origin"] = code
                del rest[at]
                break
    return value, [part for piece in rest for part in ([piece] if not whole else piece.split(SEPARATOR))]


def _take_quantity(scan: Scan, value: Value) -> None:
    if match := scan.take(_LEADING):
        value["quantity"] = int(match["n"])
        scan.take(_CLASSIFIER)
        return
    for pattern in _TRAILING:
        if match := scan.take(pattern):
            value["quantity"] = int(match["n"])
            return


def _take_hours(scan: Scan, value: Value) -> None:
    if match := scan.find(_HOURS):
        number = figure(match["a"] or match["b"] or match["c"])
        if number and not number.ambiguous:
            scan.cut(*match.span())
            value["hours_free_per_week"] = exact(number.value)


def _take_table(scan: Scan, value: Value) -> None:
    match = scan.find(_TABLE) or scan.find(_BARE_TABLE)
    if not match:
        return
    sizes = [figure(part.replace("mm", "").strip()) for part in re.split("[x×*]", match["sizes"])]
    if all(sizes):
        scan.cut(*match.span())
        value["table_mm"] = [exact(size.value) for size in sizes if size]


def _take_tonnage(scan: Scan, value: Value) -> None:
    match = scan.find(_TONNAGE)
    if not match:
        return
    first, last = (figure(match[name]) if match[name] else None for name in ("first", "last"))
    if first is None or (last and last.value < first.value):
        return
    scan.cut(*match.span())
    value["tonnage_t"] = exact(first.value)
    if last and last.value > first.value:
        value["tonnage_to_t"] = exact(last.value)


def _take_maker(scan: Scan, value: Value) -> None:
    match = scan.find(makers.KNOWN)
    if not match:
        return
    name = makers.maker_name(match[0])
    series = makers.SERIES & set(match[0].split())
    kept = scan.written(match).split()[-1] if series else ""
    value["maker"] = name
    label = re.search(r"(?:hang|hieu|maker|make|brand|cua hang)\s*[:.]?\s*$", scan.folded[: match.start()])
    end = match.end()
    words = []
    if following := _MODEL.match(scan.folded, end):
        for word in scan.written(following, "model").split(" "):
            if not _MODEL_WORD.fullmatch(word) or _is_no_model(word):
                break
            words.append(word)
        if words:
            end = following.start("model") + len(" ".join(words))
    if kept or words:
        value["model"] = " ".join([kept, *words] if kept else words)
    scan.cut(label.start() if label else match.start(), end)


def _is_no_model(word: str) -> bool:
    """A year, a tonnage, a count or a country is no model."""
    plain = fold(word)
    return bool(
        _NO_MODEL.fullmatch(plain)
        or country_code(word)
        or plain in ("sx", "nsx", "sl", "cnc", "nam", "doi", "x")
    )  # fmt: skip


def _take_origin(scan: Scan, value: Value) -> None:
    match = scan.find(_ORIGIN_LABEL)
    if not match:
        return
    for start, end, code in countries_in(scan.folded, scan.original):
        if start == match.end() and len(code) == 2:
            scan.cut(match.start(), end)
            value["origin"] = code
            return


def _plain(value: Value, language: Language) -> str:
    vi = language == "vi"
    name = " ".join(value[part] for part in ("kind", "maker", "model") if part in value)
    if "year" in value:
        name += f" ({value['year']}–{value['year_to']})" if "year_to" in value else f" ({value['year']})"
    if "quantity" in value:
        name += f" × {value['quantity']}"
    details = [name]
    if "tonnage_t" in value:
        tons = bare_number(value["tonnage_t"], language)
        tons += f"–{bare_number(value['tonnage_to_t'], language)}" if "tonnage_to_t" in value else ""
        details.append(f"{tons} {'tấn' if vi else 't'}")
    if "axes" in value:
        details.append(f"{value['axes']} {'trục' if vi else 'axes'}")
    if "table_mm" in value:
        sizes = " × ".join(bare_number(size, language) for size in value["table_mm"])
        details.append(f"{'bàn' if vi else 'table'} {sizes} mm")
    if "hours_free_per_week" in value:
        hours = bare_number(value["hours_free_per_week"], language)
        details.append(f"trống {hours} giờ/tuần" if vi else f"{hours} free hours/week")
    if "origin" in value:
        details.append(country_name(value["origin"], language))
    return SEPARATOR.join(details)


def _faults(value: Value, latest_year: int) -> list[Problem]:
    problems = []
    if not value.keys() & {"kind", "maker", "concept"}:
        problems.append(Problem("nothing_stated", "kind"))
    if value.get("year_to", 9999) < value.get("year", 0):
        problems.append(Problem("reversed", "year_to"))
    if "year_to" in value and "year" not in value:
        problems.append(Problem("missing", "year"))
    if "tonnage_to_t" in value and Decimal(value["tonnage_to_t"]) < Decimal(value.get("tonnage_t", "0")):
        problems.append(Problem("reversed", "tonnage_to_t"))
    return problems


PARTS = (
    Part("process", "Công đoạn", "Process", "code", silent=True),
    Part("kind", "Máy", "Machine", "text"),
    Part("concept", "Mã phân loại", "Concept", "code", silent=True),
    Part("maker", "Hãng", "Maker", "text"),
    Part("model", "Kiểu", "Model", "text"),
    Part("year", "Năm sản xuất", "Year made", "year"),
    Part("year_to", "Đến năm", "Year made, last", "year"),
    Part("quantity", "Số lượng", "Quantity", "integer", low=1, high=9999),
    Part("axes", "Số trục", "Axes", "integer", low=1, high=99),
    Part("tonnage_t", "Lực (tấn)", "Tonnage (t)", "decimal", high=200_000),
    Part("tonnage_to_t", "Lực lớn nhất (tấn)", "Tonnage, largest (t)", "decimal", high=200_000),
    Part("table_mm", "Bàn máy", "Table", "lengths"),
    Part("hours_free_per_week", "Giờ trống mỗi tuần", "Free hours a week", "decimal", high=100_000),
    Part("origin", "Xuất xứ", "Origin", "country"),
)
FIELD = Field(
    "machine", "machines", True, "Máy móc", "Machines", "capability", "public", 8, PARTS, _read, _plain, _faults
)
