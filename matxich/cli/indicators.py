"""`indicators`: any figure as of any day, with its records; `--list` the catalogue."""

from datetime import date

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.usage import Day, Map, OneOf
from matxich.indicators.queries.figures import BY, Asked, answer
from matxich.indicators.queries.telling import as_dict, sentence_of
from matxich.kit.refusals import Refusal
from matxich.places.queries import edition_on, match_province
from matxich.programmes.models import Agreement
from matxich.rulebook.addresses.model import Edition
from matxich.rulebook.indicators.catalogue import Indicator, catalogue
from matxich.rulebook.indicators.formatting import written

SOURCES = {"records": "tính từ hồ sơ", "statistics": "số thống kê có nguồn", "waiting": "chưa có nguồn"}


class NoSuchIndicator(Refusal):
    code = "no_such_indicator"


class NoSuchPlace(Refusal):
    code = "no_such_province"


class NoSuchAgreement(Refusal):
    code = "no_such_agreement"


class NoCode(Refusal):
    code = "no_code"


class NotSplitSo(Refusal):
    """The catalogue does not split this indicator that way."""

    code = "not_split_so"


@click.command("indicators")
@click.option("--list", "listed", is_flag=True, help="Danh mục 96 chỉ tiêu.")
@click.option("--code", help="Mã chỉ tiêu, ví dụ B01.")
@click.option("--as-of", "as_of", type=Day(), help="Tính đến hết ngày nào, mặc định hôm nay.")
@click.option("--since", type=Day(), help="Ngày đầu của kỳ; mặc định ngày đầu năm.")
@click.option("--by", type=OneOf("cách tách", {one: one for one in BY}), help=f"Tách theo: {', '.join(BY)}.")
@click.option("--boundaries", type=Map(), help="63 hoặc 34; mặc định là bản đồ của ngày được hỏi.")
@click.option("--place", help="Mã, tên hoặc tên cũ của tỉnh, thành phố.")
@click.option("--agreement", type=int, help="Số của thỏa thuận.")
@click.option("--round", "round_", help="Tên đợt, ví dụ 1/2023.")
@json_option
def indicators(
    listed: bool,
    code: str | None,
    as_of: date | None,
    since: date | None,
    by: str | None,
    boundaries: Edition | None,
    place: str | None,
    agreement: int | None,
    round_: str | None,
) -> Answer:
    """Một chỉ tiêu tính từ hồ sơ đến một ngày, trên bản đồ 63 hoặc 34; mã thoát 1 khi chưa có nguồn."""
    if listed:
        return _list()
    if not code:
        raise NoCode("Chưa ghi mã chỉ tiêu.", "Ghi --code B01, hoặc --list để xem danh mục.")
    indicator = catalogue().get(code[:1].upper() + code[1:])
    if indicator is None:
        raise NoSuchIndicator(f"Không có chỉ tiêu “{code}”.", "Xem matxich indicators --list.")
    if by and by not in indicator.splits:
        ways = ", ".join(one for one in indicator.splits if one in BY) or "không cách nào"
        raise NotSplitSo(f"{indicator.code} không tách theo “{by}”.", f"Chỉ tiêu này tách được theo: {ways}.")
    if agreement and not Agreement.objects.filter(pk=agreement).exists():
        raise NoSuchAgreement(f"Không có thỏa thuận số {agreement}.", "Xem matxich programmes list.")
    day = as_of or timezone.localdate()
    edition = boundaries or edition_on(day)
    found = answer(
        Asked(
            code=indicator.code, on=day, edition=edition, since=since, place=_place(place, edition), by=by or "",
            agreement=agreement, round=round_ or "",
        )
    )  # fmt: skip
    lines = [sentence_of(found).text]
    lines += [f"  {part.name}: {written(part.figure, indicator.unit)}" for part in found.parts]
    lines += [
        f"Mục tiêu {written(one.figure, indicator.unit)} đặt trên bản đồ {one.edition}, không so được trên bản đồ này."
        for one in found.targets
        if one.other_map
    ]
    return Answer(as_dict(found), lines, 0 if found.figure.is_known else 1)


def _place(text: str | None, edition: Edition) -> str:
    if not text:
        return ""
    codes = match_province(text, edition)
    if len(codes) != 1:
        raise NoSuchPlace(
            f"Không rõ “{text}” là tỉnh, thành nào trên bản đồ {edition}.", "Ghi mã hoặc tên, có dấu hay không dấu."
        )
    return next(iter(codes))


def _list() -> Answer:
    kept = list(catalogue().values())
    whole = [one for one in kept if len(one.code) == 3]
    lines = [f"{one.code} {one.vi} ({one.unit.vi}; {SOURCES[one.source]})" for one in whole]
    return Answer({"total": len(whole), "indicators": [_told(one) for one in whole]}, lines)


def _told(one: Indicator) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.vi,
        "name_en": one.en,
        "unit": one.unit.code,
        "basis": one.basis,
        "kind": one.kind,
        "additive": one.is_additive,
        "splits": list(one.splits),
        "frequency": one.frequency,
        "reporters": list(one.reporters),
        "source": one.source,
        "room": one.room,
        "rule": one.rule_vi,
        "parts": [{"code": part.code, "name": part.vi, "unit": part.unit.code} for part in one.parts],
    }


COMMANDS = {"indicators": indicators}
