"""Brings the third-party assets of `ui/static/vendor/` from their packed archives. Run by maintainers only.

See `ui/vendor.md`. Input: a folder of `npm pack` archives. Output: the files that ship, trimmed to what the
pages use. Needs fonttools and brotli; a machine that only runs Mắt Xích never runs this.
"""

import re
import subprocess
import sys
import tarfile
from pathlib import Path

UI = Path(__file__).parent
VENDOR = UI / "static" / "vendor"
TESTS = UI.parent / "tests" / "vendor"

# Tabler's reset and form parts stay; every other look of the product is in ui/static/mx.
KEEP = re.compile(
    r"""\.(?: btn(?:-(?:primary|danger|sm|lg))? | form-(?:label|control|select|check|text|hint|fieldset)[\w-]*
    | (?:in)?valid-feedback | is-(?:in)?valid | was-validated | input-group[\w-]* | visually-hidden[\w-]*
    | row | col(?:-(?:sm-|md-|lg-)?(?:\d+|auto))? | g[xy]?-[0-5] | container(?:-fluid|-xl)? )(?![\w-])""",
    re.X,
)
CLASS = re.compile(r"\.(?=[A-Za-z_-])(?:[\w-]|\\.)+")
ATTRIBUTE = re.compile(r"\[[^\]]*\]")
THEME_OF_OTHERS = re.compile(r"\[data-bs-theme-\w+|:root\[|apexcharts|jvm|ts-|tox|plyr|litepicker")

FONTS = [(subset, weight) for weight in (400, 500, 600) for subset in ("latin", "latin-ext", "vietnamese")]
WORDMARK = "Mắt Xích"
FIGURES = "U+0030-0039,U+2212,U+00B1"


def blocks(css: str) -> list[tuple[str, str | None]]:
    """Top-level (prelude, body) pairs of minified CSS; body is None for statements such as @import."""
    found: list[tuple[str, str | None]] = []
    start, depth, opened, quote = 0, 0, 0, ""
    for at, char in enumerate(css):
        if quote:
            quote = "" if char == quote and css[at - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char == "{":
            depth += 1
            opened = at if depth == 1 else opened
        elif char == "}":
            depth -= 1
            if depth == 0:
                found.append((css[start:opened].strip(), css[opened + 1 : at]))
                start = at + 1
        elif char == ";" and depth == 0:
            found.append((css[start:at].strip(), None))
            start = at + 1
    return found


def kept(selector: str) -> bool:
    """Whether one selector touches only elements and the classes of KEEP."""
    if THEME_OF_OTHERS.search(selector):
        return False
    bare = ATTRIBUTE.sub("", selector)
    return all(KEEP.fullmatch(name) for name in CLASS.findall(bare))


def split_selectors(prelude: str) -> list[str]:
    """Selectors of a list, not split inside parentheses."""
    return re.split(r",(?![^(]*\))", prelude)


def trim(css: str) -> str:
    """Only the rules whose selectors are kept. Comments go too: the licence ships beside the file."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S).replace('@charset "UTF-8";', "")
    return "".join(_rule(prelude, body) for prelude, body in blocks(css) if body is not None)


def _rule(prelude: str, body: str) -> str:
    if prelude.startswith(("@media", "@supports")):
        inner = trim(body)
        return f"{prelude}{{{inner}}}\n" if inner else ""
    if prelude.startswith("@"):
        return ""
    selectors = ",".join(s for s in split_selectors(prelude) if kept(s))
    return f"{selectors}{{{body}}}\n" if selectors else ""


def unpack(archives: Path, name: str) -> dict[str, bytes]:
    """Files of the archive named `name-<version>.tgz`, keyed by path inside the package."""
    (archive,) = archives.glob(f"{name}-[0-9]*.tgz")
    with tarfile.open(archive) as tar:
        return {
            member.name.removeprefix("package/"): tar.extractfile(member).read()  # type: ignore[union-attr]
            for member in tar
            if member.isfile()
        }


def put(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def subset(source: Path, target: Path, *wanted: str) -> None:
    """Keep only the wanted letters of a font, as woff2."""
    tool = [
        sys.executable,
        "-m",
        "fontTools.subset",
        str(source),
        f"--output-file={target}",
        "--flavor=woff2",
    ]
    subprocess.run([*tool, "--flavor=woff2", "--layout-features=tnum,lnum,kern,mark,mkmk,ccmp", *wanted], check=True)


def vendor(archives: Path) -> None:
    tabler = unpack(archives, "tabler-core")
    put(VENDOR / "tabler/tabler.css", trim(tabler["dist/css/tabler.min.css"].decode()).encode())
    htmx = unpack(archives, "htmx.org")
    put(VENDOR / "htmx/htmx.min.js", htmx["dist/htmx.min.js"])
    put(VENDOR / "htmx/LICENSE", htmx["LICENSE"])
    charts = unpack(archives, "echarts")
    put(VENDOR / "echarts/echarts.simple.min.js", charts["dist/echarts.simple.min.js"])
    put(VENDOR / "echarts/LICENSE", charts["LICENSE"])
    put(VENDOR / "echarts/NOTICE", charts["NOTICE"])
    axe = unpack(archives, "axe-core")
    put(TESTS / "axe.min.js", axe["axe.min.js"])
    put(TESTS / "axe.LICENSE", axe["LICENSE"])
    vendor_fonts(archives)


def vendor_fonts(archives: Path) -> None:
    text, digits = unpack(archives, "fontsource-be-vietnam-pro"), unpack(archives, "fontsource-inter")
    put(VENDOR / "be-vietnam-pro/LICENSE", text["LICENSE"])
    put(VENDOR / "inter/LICENSE", digits["LICENSE"])
    for subset_name, weight in FONTS:
        name = f"be-vietnam-pro-{subset_name}-{weight}-normal.woff2"
        put(VENDOR / "be-vietnam-pro" / name, text[f"files/{name}"])
    scratch = archives / "scratch"
    for weight in (400, 500, 600):
        name = f"inter-latin-{weight}-normal.woff2"
        put(scratch / name, digits[f"files/{name}"])
        subset(scratch / name, VENDOR / "inter" / f"figures-{weight}.woff2", f"--unicodes={FIGURES}")
    for part in ("latin", "vietnamese"):
        name = f"be-vietnam-pro-{part}-700-normal.woff2"
        put(scratch / name, text[f"files/{name}"])
        subset(scratch / name, VENDOR / "be-vietnam-pro" / f"wordmark-{part}.woff2", f"--text={WORDMARK}")


if __name__ == "__main__":
    vendor(Path(sys.argv[1]))
