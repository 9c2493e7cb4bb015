"""What a command was given: values in the words people use, and mistakes told in their language."""

from datetime import date
from pathlib import Path
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from matxich.rulebook.vietnamese.numbers import parse_date
from matxich.rulebook.vietnamese.text import words

HELP = "Xem: matxich --help"


class ExistingFile(click.ParamType):
    """A file that is there and may be read; with `standard_input`, "-" is what is piped in."""

    name = "tệp"

    def __init__(self, *, standard_input: bool = False) -> None:
        self.standard_input = standard_input

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if self.standard_input and str(value) == "-":
            return Path("-")
        path = Path(value)
        if path.is_dir():
            self.fail(f"“{value}” là thư mục, ở đây cần một tệp.", param, ctx)
        if not path.is_file():
            self.fail(f"không có tệp “{value}”.", param, ctx)
        try:
            path.open("rb").close()
        except OSError:
            self.fail(f"không có quyền đọc tệp “{value}”.", param, ctx)
        return path


class Number(click.ParamType):
    """A whole number between two others."""

    name = "số"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            self.fail(f"“{value}” không phải là số từ {self.least} đến {self.most}.", param, ctx)
        return number


class Map(click.ParamType):
    """One of the two maps, by its number of provinces or as people call it."""

    name = "bản đồ"
    known = {
        "63": {"63", "63 tinh", "cu", "old", "truoc 01 7 2025", "truoc 1 7 2025"},
        "34": {"34", "34 tinh", "moi", "new", "tu 01 7 2025", "tu 1 7 2025"},
    }

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        key = " ".join(words(value))
        found = next((code for code, names in self.known.items() if key in names), "")
        return found or self.fail(f"không có bản đồ “{value}”; dùng 34 hoặc 63.", param, ctx)


class Day(click.ParamType):
    """A day, as computers write it or as people do."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        told = parse_date(value)
        if told is None or told.precision != "day":
            self.fail(f"“{value}” không phải là ngày; viết dạng 2026-06-30.", param, ctx)
        return told.on


class OneOf(click.ParamType):
    """One of a few words; `known` leads from what people type to the value."""

    def __init__(self, name: str, known: dict[str, Any]) -> None:
        self.name, self.known = name, known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value in self.known.values():
            return value
        found = self.known.get(str(value).strip().lower())
        told = f"không có {self.name} “{value}”; dùng {', '.join(dict.fromkeys(map(str, self.known.values())))}."
        return self.fail(told, param, ctx) if found is None else found


def spoken(error: click.ClickException) -> tuple[str, str]:
    """The mistake in a sentence, and where to read more."""
    return _sentence(error), _where(error)


def _sentence(error: click.ClickException) -> str:
    match error:
        case NoArgsIsHelpError():
            return "Thiếu tên lệnh."
        case NoSuchCommand():
            return f"Không có lệnh “{error.command_name}”.{_perhaps(error.possibilities)}"
        case click.NoSuchOption():
            return f"Không có tùy chọn {error.option_name}.{_perhaps(error.possibilities)}"
        case click.MissingParameter():
            return f"Thiếu {_named(error)}."
        case click.BadParameter():
            return f"{_named(error)}: {error.message}"
        case click.BadOptionUsage():
            takes_none = "does not take" in error.message
            return f"Tùy chọn {error.option_name} {'không nhận' if takes_none else 'cần một'} giá trị."
    before, unexpected, extra = error.format_message().partition("Got unexpected extra argument")
    return f"Thừa đối số: {extra.partition('(')[2].rstrip(')')}." if unexpected else before


def _named(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    return error.param.opts[0] if isinstance(error.param, click.Option) else (error.param.name or "").upper()


def _perhaps(possibilities: Any) -> str:
    return f" Có phải là {', '.join(possibilities)}?" if possibilities else ""


def _where(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    if context is None:
        return HELP
    if isinstance(error, NoArgsIsHelpError | NoSuchCommand) and isinstance(context.command, click.Group):
        return f"Các lệnh: {', '.join(context.command.list_commands(context))}"
    return f"Xem: {context.command_path} --help"
