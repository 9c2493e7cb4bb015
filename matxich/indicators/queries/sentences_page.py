"""Paragraphs of a report: chosen figures of a place and day, each number leading to its records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matxich.indicators.queries.figure_page import Piece
from matxich.indicators.queries.figures import Asked, answer
from matxich.indicators.queries.showing import address, asked_from, language, name_of_indicator
from matxich.indicators.queries.telling import sentence_of
from matxich.places.queries import province_choices
from matxich.rulebook.indicators.catalogue import catalogue

USUAL = ("B01", "B05", "A01", "D02")
MOST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    name: str
    checked: bool


@dataclass(frozen=True, slots=True)
class SentencesPage:
    """`sentences`: one list of pieces each; `text`: all as plain words, to copy."""

    asked: Asked
    choices: list[Choice]
    provinces: list[tuple[str, str]]
    sentences: list[list[Piece]]
    text: str
    language: str


def sentences_page(codes: Sequence[str], params: Mapping[str, str], today: date) -> SentencesPage:
    """Parameters: ma (many), ngay, tu, map, tinh, tieng."""
    known = catalogue()
    chosen = [code for code in dict.fromkeys(codes) if code in known][:MOST] or list(USUAL)
    told = {name: value for name, value in params.items() if name not in ("ma", "tach", "trang")}
    said, texts = [], []
    spoken = params.get("tieng") if params.get("tieng") in ("vi", "en") else language()
    for code in chosen:
        asked = asked_from(code, told, today)
        one = answer(asked)
        sentence = sentence_of(one, spoken or "vi")
        texts.append(sentence.text)
        url = f"{address(asked, today)}#ho-so"
        said.append(
            [
                Piece(piece.text, url if piece.receipt else "", len(piece.receipt.records) if piece.receipt else 0)
                for piece in sentence.pieces
            ]
        )
    asked = asked_from(chosen[0], told, today)
    choices = [
        Choice(one.code, name_of_indicator(one), one.code in chosen) for one in known.values() if len(one.code) == 3
    ]
    return SentencesPage(asked, choices, province_choices(asked.edition), said, " ".join(texts), spoken or "vi")
