"""The command line: one command a file, found by name; each answers one JSON document when asked with --json.

Exit codes: 0 done, 1 finished with a negative finding, 2 bad input. Progress goes to standard error.
"""

import io
import json
import os
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import click
import django
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

MODULES = {
    "setup": "installation",
    "serve": "serving",
    "worker": "serving",
    "backup": "keeping",
    "restore": "keeping",
    "first-administrator": "installation",
    "demo": "demonstration",
    "generate": "generating",
    "import": "lists",
    "registry": "lists",
    "search": "finding",
    "resolve": "finding",
    "map-terms": "terms",
    "terms": "term_decisions",
    "ledger": "history",
    "zones": "zones",
    "entitlements": "entitlements",
    "law": "law",
    "support": "support",
    "simulate": "simulating",
    "assign": "assigning",
    "calibrate": "calibrating",
    "allocate": "allocating",
}
WITHOUT_SETTINGS = frozenset(("map-terms", "assign", "calibrate", "allocate"))
"""Commands that need neither home nor database, nor settings that can be read."""


@dataclass(slots=True)
class Answer:
    """What a command found: `data` for programs, `lines` for people, `code` for the shell."""

    data: Any
    lines: list[str] = field(default_factory=list)
    code: int = 0


class BadSettings(click.ClickException):
    """The environment says something nobody can start from."""


class Commands(click.Group):
    """Imports a command's module when it is asked for, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            return None
        if cmd_name not in WITHOUT_SETTINGS:
            try:
                django.setup()
            except (ValueError, ImproperlyConfigured) as error:
                raise BadSettings(f"Không đọc được cấu hình: {error}") from error
        module = import_module(f"matxich.cli.{MODULES[cmd_name]}")
        command: click.Command = module.COMMANDS[cmd_name]
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="matxich")
def matxich() -> None:
    """Mắt Xích: hệ thống chương trình công nghiệp hỗ trợ."""


json_option = click.option("--json", "as_json", is_flag=True, expose_value=False, help="Chỉ in một văn bản JSON.")


def main(arguments: list[str] | None = None) -> None:
    """Run a command; say errors in the shape asked for; never show a traceback for the user's own mistakes."""
    words, as_json = _without_json(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run(words, as_json))


def _without_json(words: list[str]) -> tuple[list[str], bool]:
    """--json counts wherever it stands: also where the command it belongs to is missing or misspelt."""
    end = words.index("--") if "--" in words else len(words)
    return [word for word in words[:end] if word != "--json"] + words[end:], "--json" in words[:end]


def _run(words: list[str], as_json: bool) -> int:
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            answer = matxich.main(words, prog_name="matxich", standalone_mode=False)
        if not isinstance(answer, Answer):  # the help or the version
            return _say({"text": printed.getvalue()} if as_json else printed.getvalue().rstrip(), 0)
        return _say(answer.data if as_json else "\n".join(answer.lines), answer.code)
    except (Exception, KeyboardInterrupt) as error:
        return _fail(error, as_json)


def _say(told: Any, code: int) -> int:
    """The one thing on standard output. A reader who has gone away, as `| head` does, has seen enough."""
    try:
        print(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False), flush=True)
    except BrokenPipeError:
        _close_output()
    except OSError:
        _close_output()
        raise
    return code


def _close_output() -> None:
    """What is left in the buffer must not be tried again at the end of the process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(error: BaseException, as_json: bool) -> int:
    from matxich.cli.explaining import explain  # only after a failure: keeps start-up light

    failure = explain(error)
    if as_json:
        return _say({"error": {"code": failure.code, "message": failure.message, "hint": failure.hint}}, 2)
    print("\n".join(part for part in (f"Lỗi: {failure.message}", failure.hint) if part), file=sys.stderr)
    return 2
