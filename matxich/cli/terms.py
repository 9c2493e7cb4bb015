"""`map-terms`: the words of a list as concepts of the taxonomy. Needs no home and no database."""

import sys
from pathlib import Path

import click

from matxich.cli import Answer, json_option
from matxich.cli.usage import ExistingFile, OneOf
from matxich.kit.refusals import Refusal
from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import LANGUAGES, Language, Mapping, Scheme, map_text

SCHEMES = {name: scheme for scheme in Scheme for name in (str(scheme), scheme.one)}


class NotText(Refusal):
    """What was given is no text: another kind of file, or an unknown encoding."""

    code = "not_text"


@click.command("map-terms")
@click.argument("file", type=ExistingFile(standard_input=True))
@click.option(
    "--language", type=OneOf("ngôn ngữ", {each: each for each in LANGUAGES}), required=True, help="vi, en, ja hoặc ko"
)
@click.option("--scheme", type=OneOf("danh mục", SCHEMES), help=", ".join(Scheme))
@json_option
def map_terms(file: Path, language: Language, scheme: Scheme | None) -> Answer:
    """Đưa mỗi dòng của tệp (hoặc “-”) về một khái niệm: công đoạn, vật liệu, chứng nhận, máy, chi tiết, ngành."""
    lines = _lines(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
    schemes = (scheme,) if scheme else None
    mapped = [map_text(taxonomy(), line, language=language, schemes=schemes) for line in lines]
    return Answer(
        [_as_json(line, each) for line, each in zip(lines, mapped, strict=True)],
        [_spoken(line, each, language) for line, each in zip(lines, mapped, strict=True)],
    )


def _lines(raw: bytes) -> list[str]:
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise NotText("Đây không phải là văn bản UTF-8.", "Lưu danh sách thành văn bản UTF-8, mỗi dòng một tên.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _as_json(line: str, mapping: Mapping) -> dict:
    concept = mapping.concept
    told: dict[str, object] = {
        "text": line,
        "concept": concept.code if concept else None,
        "label_en": concept.label("en") if concept else None,
        "confidence": mapping.confidence,
    }
    if mapping.verdict == "ambiguous":
        told["alternatives"] = [
            {
                "concept": other.concept.code,
                "label_en": other.concept.label("en"),
                "confidence": round(other.confidence, 3),
            }
            for other in mapping.alternatives
        ]
    return told


def _spoken(line: str, mapping: Mapping, language: Language) -> str:
    if mapping.concept is None:
        return f"{line}: ?"
    doubt = " hay ".join(["", *(other.concept.label(language) for other in mapping.alternatives)])
    meant = mapping.concept.label(language) + (doubt if mapping.verdict == "ambiguous" else "")
    return f"{line}: {meant} ({mapping.confidence:.2f})"


COMMANDS = {"map-terms": map_terms}
