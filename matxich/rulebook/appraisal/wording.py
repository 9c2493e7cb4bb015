"""Sentences that records, letters and minutes keep in Vietnamese and English."""

from matxich.rulebook.appraisal.criteria import Rule
from matxich.rulebook.appraisal.exact import written
from matxich.rulebook.law.facts import Words
from matxich.rulebook.vietnamese.numbers import format_number

CUT_RANGE = Words("Số tiền cắt từ 0 đến số đã xin.", "A cut is within what is asked.")
CUT_REASON = Words("Nêu vì sao cắt.", "Say why it is cut.")


def not_reached(rank: int) -> Words:
    """Recommended, without money: the round's does not go down to this rank."""
    return Words(
        f"Được đề nghị, xếp hạng {rank}; kinh phí của đợt không đủ cho thứ hạng này.",
        f"Recommended at rank {rank}; the money of this round does not reach it.",
    )


def on_reserve(rank: int, place: int) -> Words:
    """Recommended, without money for now."""
    return Words(
        f"Được đề nghị, xếp hạng {rank}; kinh phí của đợt chưa đủ, đứng thứ {place} trong danh sách dự phòng.",
        f"Recommended at rank {rank}; the money does not reach it yet: number {place} on the reserve list.",
    )


def partly(asked: int, granted: int) -> Words:
    return Words(
        f"Đề nghị {format_number(asked)} đồng, được hỗ trợ {format_number(granted)} đồng.",
        f"Asked for {format_number(asked, None, 'en')} đồng, granted {format_number(granted, None, 'en')} đồng.",
    )


def rule_sentence(rule: Rule) -> str:
    """The rule as minutes state it, with its articles."""
    told = []
    if rule.mean:
        kind = "điểm trung vị" if rule.mean_of == "median" else "điểm trung bình"
        told.append(f"{kind} từ {written(rule.mean.value)} ({rule.mean.article})")
    if rule.favourable:
        told.append(f"ít nhất {written(rule.favourable.value)} số phiếu đề nghị thực hiện ({rule.favourable.article})")
    if rule.zeros:
        told.append(f"không tiêu chí nào quá {written(rule.zeros.value)} số người cho 0 điểm ({rule.zeros.article})")
    if rule.ballots:
        told.append(
            f"có ít nhất {written(rule.ballots.value)} số phiếu của người được biểu quyết ({rule.ballots.article})"
        )
    return f"Hồ sơ được đề nghị khi: {'; '.join(told)}."


def by_decision(number: str) -> str:
    return f"Quyết định {number}"
