"""A whole number in Vietnamese words, as payment papers ask for: "Một trăm lẻ năm triệu đồng"."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu")
BILLION = 10**9


def in_words(number: int) -> str:
    """0 → "không"; 1 205 000 → "một triệu hai trăm lẻ năm nghìn". Negative numbers begin with "âm"."""
    if number < 0:
        return f"âm {in_words(-number)}"
    return " ".join(_billions(number, whole=False)) if number else DIGITS[0]


def money_in_words(dong: int) -> str:
    """As it stands on a payment paper: capital first, the unit last."""
    words = f"{in_words(dong)} đồng"
    return words[0].upper() + words[1:]


def _billions(number: int, *, whole: bool) -> list[str]:
    """`whole`: something stands before, so that missing hundreds are said."""
    above, rest = divmod(number, BILLION)
    words = [*_billions(above, whole=whole), "tỷ"] if above else []
    said = bool(words) or whole
    for at in (2, 1, 0):
        group = rest // 1000**at % 1000
        if group:
            words += [*_hundreds(group, whole=said), *([SCALES[at]] if at else [])]
            said = True
    return words


def _hundreds(number: int, *, whole: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or whole else []
    if not rest:
        return words
    if tens == 0:
        return [*words, "lẻ", DIGITS[ones]] if words else [DIGITS[ones]]
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5:
        words.append("lăm")
    elif ones == 4 and tens > 1:
        words.append("tư")
    elif ones:
        words.append(DIGITS[ones])
    return words
