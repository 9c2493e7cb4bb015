"""`search --export`: what is found, to the last row, as a file."""

from pathlib import Path

import click
from django.utils import timezone

from matxich.cli import Answer
from matxich.cli.sealing import settle
from matxich.kit.actor import system_actor
from matxich.registry.actions.exporting import FORMATS, begin_export
from matxich.registry.queries.exports import about_list, export_of, file_pieces
from matxich.registry.search import Query


class ListFile(click.ParamType):
    """A file to be written, xlsx or csv by its name."""

    name = "tệp"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(value))
        if path.suffix.lower().lstrip(".") not in FORMATS:
            self.fail(f"“{value}” phải có đuôi .xlsx hoặc .csv.", param, ctx)
        if path.is_dir() or not path.parent.is_dir():
            self.fail(f"không ghi được vào “{value}”: thư mục không có.", param, ctx)
        return path


def export(query: Query, file: Path, purpose: str) -> Answer:
    """Without contacts; whole or not at all; who took what and why is in the ledger first."""
    form, now = file.suffix.lower().lstrip("."), timezone.now()
    by = system_actor()
    table = export_of(by, public=False, query=query)
    rows, ids = begin_export(by=by, at=now, query=query, export=table, form=form, purpose=purpose)
    settle()
    about = about_list(query, rows=rows, purpose=purpose, day=timezone.localdate(now))
    partial = file.with_name(file.name + ".partial")
    try:
        with partial.open("wb") as made:
            made.writelines(file_pieces(form, table, ids, about))
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    data = {"file": str(file), "rows": rows, "bytes": file.stat().st_size}
    return Answer(data, [f"Đã ghi {rows} doanh nghiệp vào {file}."])
