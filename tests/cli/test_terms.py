"""`map-terms`: one answer a line, in order, with nothing installed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installations import Installation, Ran

Run = Callable[..., Ran]


def write(folder: Path, content: str | bytes) -> str:
    path = folder / "terms.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_every_line_has_its_answer(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path, "Phay CNC\r\n\r\nxyzzy plugh\r\nép\r\n")
    ran = run("map-terms", file, "--language", "vi", "--scheme", "processes", "--json")
    milling, blank, nonsense, doubtful = ran.data
    assert (ran.code, ran.err) == (0, "")
    assert milling == {"text": "Phay CNC", "concept": "cnc-milling", "label_en": "CNC milling", "confidence": 1.0}
    assert blank == {"text": "", "concept": None, "label_en": None, "confidence": 0.0}
    assert nonsense == {"text": "xyzzy plugh", "concept": None, "label_en": None, "confidence": 0.0}
    assert doubtful["confidence"] <= 0.5
    assert {"injection-moulding", "plastic-compression-moulding"} <= {
        doubtful["concept"], *(other["concept"] for other in doubtful["alternatives"])
    }  # fmt: skip


@pytest.mark.parametrize("content", ["", "\n", "a", "a\n", "a\n\n", "\ufeffphay\n"])
def test_as_many_answers_as_lines(run: Run, tmp_path: Path, content: str) -> None:
    data = run("map-terms", write(tmp_path, content), "--language", "vi", "--json").data
    assert len(data) == len(content.splitlines())


def test_people_read_sentences(run: Run, tmp_path: Path) -> None:
    ran = run("map-terms", write(tmp_path, "CNC milling\nxyzzy\n"), "--language", "en", "--scheme", "process")
    assert (ran.code, ran.out) == (0, "CNC milling: CNC milling (1.00)\nxyzzy: ?\n")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--language", "fr"), "usage", "--language: không có ngôn ngữ “fr”; dùng vi, en, ja, ko."),
        ((), "usage", "Thiếu --language."),
        (("--language", "vi", "--scheme", "abc"), "usage",
         "--scheme: không có danh mục “abc”; dùng processes, machines, certificates, parts, materials, sectors."),
    ],
)  # fmt: skip
def test_mistakes_are_told(run: Run, tmp_path: Path, words: tuple[str, ...], code: str, message: str) -> None:
    error = run("map-terms", write(tmp_path, "phay"), *words, "--json").error
    assert (error["code"], error["message"]) == (code, message)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"phay\xff\xfe", b"PK\x03\x04\x00"])
def test_another_kind_of_file_is_refused(run: Run, tmp_path: Path, content: bytes) -> None:
    error = run("map-terms", write(tmp_path, content), "--language", "vi", "--json").error
    assert (error["code"], error["message"]) == ("not_text", "Đây không phải là văn bản UTF-8.")
    assert run("map-terms", str(tmp_path / "none.txt"), "--language", "vi", "--json").error["code"] == "usage"


def test_it_needs_neither_home_nor_database(tmp_path: Path) -> None:
    nowhere = Installation(tmp_path / "nowhere", "mysql-x://no/database")
    file = write(tmp_path, "mai vo tam\n")
    assert nowhere.json("map-terms", file, "--language", "vi")[0]["concept"] == "centerless-grinding"
    assert not nowhere.home.exists()


def test_it_reads_what_is_piped_in(tmp_path: Path) -> None:
    import json

    with (tmp_path / "in").open("w+") as given:
        given.write("旋盤加工\n")
        given.seek(0)
        ran = Installation(tmp_path / "nowhere").run("map-terms", "-", "--language", "ja", "--json", stdin=given)
    assert [each["concept"] for each in json.loads(ran.out)] == ["turning"]
