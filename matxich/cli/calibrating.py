"""`calibrate`: scores as if every reviewer had been equally severe. Needs no home and no database."""

from pathlib import Path

import click

from matxich.cli import Answer, json_option
from matxich.cli.json_files import read
from matxich.cli.usage import ExistingFile
from matxich.rulebook.calibration import Calibrated, calibrate
from matxich.rulebook.calibration.model import FLAGS
from matxich.rulebook.calibration.reading import read_scores
from matxich.rulebook.calibration.telling import calibrated_json


@click.command("calibrate")
@click.argument("file", type=ExistingFile(standard_input=True))
@json_option
def calibrate_(file: Path) -> Answer:
    """Điểm đã trừ độ khắt khe của người chấm (tệp JSON hoặc “-”), để tham khảo bên cạnh điểm trung bình."""
    scores, threshold = read(file, read_scores)
    found = calibrate(scores, threshold)
    return Answer(calibrated_json(found), _lines(found))


def _lines(found: Calibrated) -> list[str]:
    head = ("Đề án", "Trung bình", "Điều chỉnh", "Từ", "Đến", "Phiếu", "Lưu ý")
    rows = [
        (each.case, *map(_said, (each.mean, each.adjusted, each.low, each.high)), str(each.ballots), _note(each.flag))
        for each in found.cases
    ]
    severities = [(each.reviewer, _said(each.severity)) for each in found.reviewers]
    return [
        *_table([head, *rows]),
        "",
        *_table([("Người chấm", "Khắt khe (điểm)"), *severities]),
        "Điểm để xét vẫn là điểm trung bình; cột điều chỉnh chỉ để tham khảo.",
    ]


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _said(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace(".", ",")


def _note(flag: str) -> str:
    return FLAGS[flag] if flag else ""


COMMANDS = {"calibrate": calibrate_}
