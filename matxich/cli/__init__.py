"""The command line: one command a file, found by name; each answers one JSON document when asked with --json.

Exit codes: 0 done, 1 finished with a negative finding, 2 bad input. Progress goes to standard error.
"""

import json
import os
import sys
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import click
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

MODULES = {
    "setup": "installation",
    "serve": "serving",
    "worker": "serving",
    "backup": "keeping",
    "restore": "keeping",
    "first-administrator": "installation",
    "demo": "demonstration",
    "import": "lists",
    "registry": "lists",
    "search": "finding",
    "resolve": "finding",
    "ledger": "history",
}


@dataclass(slots=True)
class Answer:
    """What a command found: `data` for programs, `lines` for people, `code` for the shell."""

    data: Any
    lines: list[str] = field(default_factory=list)
    code: int = 0


class Commands(click.Group):
    """Imports a command's module when it is asked for, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            return None
        django.setup()
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
    arguments = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in arguments
    try:
        answer = matxich.main(arguments, prog_name="matxich", standalone_mode=False)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(_fail(as_json, "aborted", "Đã dừng theo yêu cầu.", "", 2))
    except click.ClickException as error:
        sys.exit(_fail(as_json, "usage", error.format_message(), "Xem: matxich --help", 2))
    except Exception as error:
        sys.exit(_explain(as_json, error))
    if isinstance(answer, Answer):
        print(json.dumps(answer.data, ensure_ascii=False) if as_json else "\n".join(answer.lines))
        sys.exit(answer.code)


def _explain(as_json: bool, error: Exception) -> int:
    """A refusal has its own words; a fault of ours names its log, and keeps the traceback out of the answer."""
    from django.db.utils import OperationalError, ProgrammingError  # only after a failure: keeps start-up light

    from matxich.cli.faults import keep
    from matxich.kit.refusals import Refusal

    if isinstance(error, Refusal):
        return _fail(as_json, error.code, str(error.message), str(error.hint), 2)
    if isinstance(error, OSError) and error.filename:
        return _fail(as_json, "file", f"{error.strerror}: {error.filename}", "Kiểm tra đường dẫn và quyền đọc, ghi.", 2)
    if isinstance(error, (OperationalError, ProgrammingError)):
        hint = "Nếu là lần đầu, chạy: matxich setup. Nếu không, kiểm tra DATABASE_URL và chỗ trống trên đĩa."
        return _fail(as_json, "database", str(error).splitlines()[0], hint, 2)
    return _fail(as_json, "fault", "Có lỗi của phần mềm; dữ liệu không bị ghi dở.", f"Nhật ký lỗi: {keep(error)}", 2)


def _fail(as_json: bool, code: str, message: str, hint: str, exit_code: int) -> int:
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message, "hint": hint}}, ensure_ascii=False))
    else:
        print("\n".join(part for part in (f"Lỗi: {message}", hint) if part), file=sys.stderr)
    return exit_code
