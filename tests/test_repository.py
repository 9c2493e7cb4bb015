"""Promises the repository keeps of itself."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
ROOMS_FROM_THE_TOP = [
    name.strip()
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    if contract["name"] == "Rooms depend downwards only"
    for layer in contract["layers"]
    for name in layer.split("|")
]
THIRD_PARTY_ROUTES = ("allauth.", "django.", "whitenoise.")


def tracked(*patterns: str) -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in names.stdout.split("\0") if name and (ROOT / name).is_file()]


def every_view() -> list[tuple[str, object]]:
    def walk(patterns: list, prefix: str) -> list[tuple[str, object]]:
        found: list[tuple[str, object]] = []
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                found += walk(pattern.url_patterns, prefix + str(pattern.pattern))
            elif isinstance(pattern, URLPattern):
                found.append((prefix + str(pattern.pattern), pattern.callback))
        return found

    return walk(get_resolver().url_patterns, "/")


def test_every_view_states_its_access() -> None:
    silent = [
        f"{route} → {view.__module__}.{view.__name__}"  # type: ignore[attr-defined]
        for route, view in every_view()
        if not hasattr(view, "access") and not view.__module__.startswith(THIRD_PARTY_ROUTES)
    ]
    assert silent == []


def test_relations_point_down() -> None:
    """A foreign key written as a string is an arrow no import tool sees."""
    height = {name: index for index, name in enumerate(ROOMS_FROM_THE_TOP)}
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in height
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if height.get(field.related_model._meta.app_label, 99) < height[model._meta.app_label]
    ]
    assert upward == []


def test_no_python_file_over_600_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked("matxich/*.py")
        if (count := len(path.read_text().splitlines())) > 600
    }
    assert long == {}


def test_no_registry_host_in_any_file() -> None:
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "deb." + "debian", "npmjs" + ".org/"]
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked()
        if path.suffix not in {".png", ".woff2", ".gz", ".mo", ".xlsx"}
        for host in hosts
        if host in path.read_text(errors="ignore")
    ]
    assert found == []


def test_no_forbidden_room_names() -> None:
    forbidden = {"utils", "common", "helpers", "manager"}
    assert [str(p) for p in tracked("*.py") if forbidden & {part.removesuffix(".py") for part in p.parts}] == []


def test_every_folder_has_its_sentence() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = {path.relative_to(ROOT).parts[1] for path in tracked("matxich/*/*.py")}
    assert [room for room in sorted(rooms) if f"`matxich/{room}/`" not in page] == []


def test_every_dependency_has_its_reason() -> None:
    bare = [
        line
        for path in tracked("requirements/*.in")
        for line in path.read_text().splitlines()
        if line and not line.startswith(("#", "-c")) and "# " not in line
    ]
    assert bare == []


def test_every_requirement_is_hashed() -> None:
    for path in tracked("requirements/*.txt"):
        blocks = re.split(r"\n(?=\S)", path.read_text().strip())
        assert [b.splitlines()[0] for b in blocks if not b.startswith("#") and "--hash=sha256:" not in b] == [], path


def test_every_variable_is_documented() -> None:
    """Operators read one page; it names every variable the settings read."""
    page = (ROOT / "docs" / "van-hanh.md").read_text()
    source = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "environment.py"))
    names = set(re.findall(r'"((?:MATXICH_[A-Z_]+|DATABASE_URL))"', source))
    assert sorted(name for name in names if name not in page) == []


def test_only_config_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in tracked("matxich/*.py", "ui/*.py", "demo/*.py")
        if re.search(r"os\.environ\[|os\.environ\.get|os\.getenv|getenv\(", path.read_text())
    ]
    assert readers == []


def test_every_command_is_documented() -> None:
    from matxich.cli import MODULES

    page = (ROOT / "docs" / "van-hanh.md").read_text() + (ROOT / "README.md").read_text()
    assert [name for name in MODULES if f"matxich {name}" not in page] == []


def test_templates_compile_and_are_used() -> None:
    files = [p for p in tracked("*.html") if "templates" in p.parts]
    source = "".join(p.read_text() for p in [*tracked("*.py"), *files])
    named = {
        re.sub(r"\\{[^}]*\\}", "[^/]*", re.escape(n)) for n in re.findall(r"""["']([\w/.{}\[\]]+\.html)""", source)
    }
    used = re.compile("|".join(sorted(named)))
    frameworks = {"account", "mfa", "socialaccount", "usersessions", "allauth"}
    unused = []
    for path in files:
        name = str(path).split("/templates/", 1)[1]
        get_template(name)
        by_django = re.fullmatch(r"\d{3}(_csrf)?\.html", name) or name.split("/")[0] in frameworks
        unused += [] if by_django or used.fullmatch(name) else [name]
    assert unused == []


@pytest.mark.parametrize(
    "folder", ["ui/static/vendor", "tests/vendor", "matxich/places/data", "matxich/documents/fonts"]
)
def test_what_came_from_others_carries_its_licence(folder: str) -> None:
    assert list((ROOT / folder).rglob("*LICEN*")) != []


def test_rulebook_imports_without_django() -> None:
    code = (
        "import sys, pkgutil, importlib, matxich.rulebook as r\n"
        "[importlib.import_module(m.name) for m in pkgutil.walk_packages(r.__path__, 'matxich.rulebook.')]\n"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    run = subprocess.run([ROOT / ".venv" / "bin" / "python", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_state_diagrams_are_what_the_tables_say() -> None:
    from tools import diagrams

    assert diagrams.PAGE.read_text() == diagrams.page()
    assert {name: fault for name, table in diagrams.tables().items() if (fault := diagrams.faults(table))} == {}


def test_every_action_has_its_word() -> None:
    from matxich.accounts.personal_data.states import Move
    from matxich.ledger.words import words

    written = {
        action
        for path in tracked("matxich/*.py")
        for action in re.findall(r'action="([a-z_]+\.[a-z_]+)"', path.read_text())
    }
    written |= {f"personal_data.{move}" for move in Move}
    receivers = (ROOT / "matxich" / "accounts" / "receivers.py").read_text()
    written |= {f"accounts.{action}" for action in re.findall(r'_note\([^"]*"([a-z_]+)"\)', receivers)}
    assert sorted(written - set(words())) == []


def test_every_signal_is_listed() -> None:
    page = (ROOT / "docs" / "between-rooms.md").read_text()
    declared = [
        n for p in tracked("matxich/*.py") for n in re.findall(r"^(\w+) = Signal\(", p.read_text(), re.MULTILINE)
    ]
    assert [name for name in declared if f"`{name}(" not in page] == []


def test_every_panel_is_listed() -> None:
    page = (ROOT / "docs" / "between-rooms.md").read_text()
    filled = [
        n for p in tracked("matxich/*.py") for n in re.findall(r'^@panel\("([\w.]+)"\)', p.read_text(), re.MULTILINE)
    ]
    offered = [n for p in tracked("*.html") for n in re.findall(r'{% panels "([\w.]+)" %}', p.read_text())]
    assert [name for name in filled if f"| `{name}` |" not in page or name not in offered] == []


def test_the_glossary_and_decisions_are_linked_from_where_people_land() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [n for n in ("ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "docs/decisions") if n not in readme] == []
