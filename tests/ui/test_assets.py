"""Promises of the assets: whole, light, free of inline style, and drawn in the one order of layers."""

import gzip
import re
from pathlib import Path

import pytest

from matxich.kit.icons import ICONS

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "ui"
STATIC = UI / "static"
SHEETS = sorted((STATIC / "mx").glob("*.css"))
FIRST_LOAD_BUDGET = 250_000
SCRIPT_BUDGET = 7_200


def addresses(sheet: Path) -> list[str]:
    return [a for a in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text()) if not a.startswith("data:")]


@pytest.mark.parametrize("sheet", [*SHEETS, STATIC / "vendor/tabler/tabler.css"], ids=lambda path: path.name)
def test_every_file_a_sheet_asks_for_is_there(sheet: Path) -> None:
    missing = [a for a in addresses(sheet) if not a.startswith("%") and not (sheet.parent / a).resolve().is_file()]
    assert missing == []


def test_no_source_maps_are_promised() -> None:
    promising = [p.name for p in STATIC.rglob("*.*s") if "sourceMappingURL" in p.read_text()]
    assert promising == []


def test_important_stands_only_in_the_print_layer() -> None:
    shouting = [s.name for s in SHEETS if s.name != "print.css" and re.search(r"!important\s*[;}]", s.read_text())]
    assert shouting == []


def test_every_imported_sheet_has_its_layer() -> None:
    entry = (STATIC / "mx/matxich.css").read_text()
    order = re.search(r"@layer ([^;]+);", entry)
    assert order is not None
    layers = [name.strip() for name in order[1].split(",")]
    assert [name for name in re.findall(r"layer\((\w+)\)", entry) if name not in layers] == []
    assert re.findall(r'@import url\("([^"]+)"\);', entry) == ["fonts.css"]


def test_a_first_page_is_light() -> None:
    """Every sheet and script, and every face of a Vietnamese page in all its weights."""
    packed = [*SHEETS, STATIC / "vendor/tabler/tabler.css", STATIC / "mx/mx.js", STATIC / "vendor/htmx/htmx.min.js"]
    faces = [p for p in STATIC.rglob("*.woff2") if "latin-ext" not in p.name]
    weight = sum(len(gzip.compress(p.read_bytes())) for p in packed) + sum(p.stat().st_size for p in faces)
    assert weight < FIRST_LOAD_BUDGET


def test_our_script_stays_small() -> None:
    assert (STATIC / "mx/mx.js").stat().st_size < SCRIPT_BUDGET


def test_every_third_party_folder_has_its_licence_and_its_line() -> None:
    page = (STATIC / "vendor/README.md").read_text()
    folders = [p for p in (STATIC / "vendor").iterdir() if p.is_dir()]
    assert folders != []
    assert [p.name for p in folders if not list(p.glob("LICENSE*")) or f"`{p.name}/" not in page] == []


def test_icons_are_those_that_templates_use() -> None:
    named = "".join(p.read_text() for p in ROOT.glob("**/templates/**/*.html") if ".venv" not in p.parts)
    asked = set(re.findall(r"{% icon ['\"](\w+)['\"]", named)) | set(re.findall(r"icon_name=['\"](\w+)['\"]", named))
    assert asked - set(ICONS) == set()


def test_templates_hold_no_inline_style_or_handler() -> None:
    inline = re.compile(r"<[^>]+\s(?:style|on[a-z]+)=", re.I)
    assert [p.name for p in (UI / "templates").rglob("*.html") if inline.search(p.read_text())] == []


def test_every_class_a_template_names_is_styled() -> None:
    """A class without a rule is a slip of the pen, or a look that somebody thinks is there."""
    sheets = [*SHEETS, STATIC / "vendor/tabler/tabler.css"]
    styled = set(re.findall(r"\.([A-Za-z][\w-]*)", "".join(p.read_text() for p in sheets)))
    unstyled = {
        (path.name, name)
        for path in ROOT.glob("**/templates/**/*.html")
        if ".venv" not in path.parts
        for names in re.findall(r'class="([^"]*)"', re.sub(r"\{[{%].*?[%}]\}", "\0", path.read_text()))
        for name in names.split()
        if "\0" not in name and name not in styled
    }
    assert unstyled == set()
