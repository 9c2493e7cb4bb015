"""A figure as a file: what it says, its split, its records as far as the reader may see them."""

from collections.abc import Iterator
from itertools import batched

from django.utils.translation import gettext as _

from matxich.documents.spreadsheets import Cell, Sheet
from matxich.indicators.queries.figures import Answer, Asked, answer
from matxich.indicators.queries.names import place_name
from matxich.indicators.queries.records import lines_of
from matxich.indicators.queries.showing import BASIS_WORDS, language, name_of_indicator
from matxich.indicators.queries.telling import sentence_of
from matxich.kit.actor import Actor

AT_ONCE = 500


def sheets(asked: Asked, actor: Actor) -> Iterator[Sheet]:
    one = answer(asked)
    yield _("Chỉ tiêu"), [_("Mục"), _("Nội dung")], list(_told(one))
    if one.parts:
        heads = [_("Mã"), _("Tên"), _("Giá trị"), _("Tử số"), _("Mẫu số"), _("Lượt")]
        yield (
            _("Tách"),
            heads,
            [
                [part.key, part.name, part.figure.value, part.numerator, part.denominator, part.turns]
                for part in one.parts
            ],
        )
    heads = [_("Mã hồ sơ"), _("Tên"), _("Loại"), _("Nơi"), _("Ngày"), _("Dựng lại từ")]
    yield _("Hồ sơ"), heads, _records(one, actor)


def _told(one: Answer) -> Iterator[list[Cell]]:
    asked, indicator = one.asked, one.indicator
    yield [_("Mã"), asked.code]
    yield [_("Tên"), name_of_indicator(indicator)]
    yield [_("Giá trị"), one.figure.value if one.figure.is_known else _("chưa có nguồn")]
    yield [_("Cách nói"), one.figure.word or one.figure.comparator]
    yield [_("Đơn vị"), indicator.unit.name(language(), 2)]
    yield [_("Kiểu số"), str(BASIS_WORDS[indicator.basis])]
    yield [_("Đến ngày"), asked.on]
    yield [_("Bản đồ"), _("%(n)s tỉnh, thành") % {"n": asked.edition}]
    yield [_("Nơi"), place_name(asked.place, asked.edition) or _("Cả nước")]
    yield [_("Tử số"), one.numerator]
    yield [_("Mẫu số"), one.denominator]
    yield [_("Lượt"), one.turns]
    yield [_("Cách tính"), indicator.rule(language())]
    yield [_("Câu"), sentence_of(one, language()).text]


def _records(one: Answer, actor: Actor) -> Iterator[list[Cell]]:
    for keys in batched(one.records, AT_ONCE, strict=False):
        for line in lines_of(keys, actor):
            yield [line.key, line.name, line.what, line.place, line.on, line.rebuilt]
