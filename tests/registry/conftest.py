"""Lists written on the spot, and the actors that bring them in."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from matxich.kit.actor import Actor

HEADER = ("Tên doanh nghiệp", "Mã số thuế", "Địa chỉ", "Sản phẩm chính", "Lao động", "Điện thoại")
Row = Sequence[object]


@pytest.fixture
def system() -> Actor:
    return Actor(kind="system", id="os:test", name="test")


@pytest.fixture
def write_list(tmp_path: Path) -> Callable[..., Path]:
    """A csv of rows under the usual header."""

    def write(*rows: Row, name: str = "list.csv", header: Row = HEADER) -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    return write
