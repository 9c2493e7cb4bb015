"""`papers list`, `papers show`, `papers render`: official papers from the shell."""

from pathlib import Path
from typing import Any

import click

from matxich.cli import Answer, json_option
from matxich.cli.usage import OneOf
from matxich.correspondence.models import OfficialPaper
from matxich.correspondence.queries.composing import compose
from matxich.correspondence.queries.papers import file_name, number_of_paper, visible_papers
from matxich.correspondence.states import FileRole, PaperState
from matxich.documents.docx import docx_of
from matxich.documents.pdf import pdf_of
from matxich.files.queries import open_file
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.rulebook.papers.codes import parse_code
from matxich.rulebook.papers.kinds import KINDS

FORMS = {"pdf": FileRole.PDF, "docx": FileRole.DOCX}
RENDER = {FileRole.PDF: pdf_of, FileRole.DOCX: docx_of}
MOST = 1_000


class NoSuchPaper(Refusal):
    code = "no_such_paper"
    status = 404


@click.group("papers")
def papers() -> None:
    """Văn bản đi."""


@papers.command("list")
@click.option(
    "--state", type=OneOf("trạng thái", {state: state for state in PaperState.values}), help="draft, issued, …"
)
@click.option("--kind", type=OneOf("loại", {code: code for code in KINDS}), help="approval, return_letter, …")
@click.option("--year", type=click.IntRange(2000, 2100), help="Năm của ngày văn bản.")
@json_option
def list_(state: str | None, kind: str | None, year: int | None) -> Answer:
    """Các văn bản, mới nhất trước; mã thoát 1 nếu không có văn bản nào."""
    rows = visible_papers(system_actor()).order_by("-id")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(dated_on__year=year) if year else rows
    found, total = list(rows[:MOST]), rows.count()
    lines = [f"{total} văn bản."]
    lines += [
        f"{one.code}  {number_of_paper(one) or '(chưa có số)'}  {one.get_state_display()}  {one}" for one in found
    ]
    return Answer({"total": total, "papers": [_told(one) for one in found]}, lines, 0 if total else 1)


@papers.command("show")
@click.argument("code")
@json_option
def show(code: str) -> Answer:
    """Một văn bản theo mã tra cứu: trạng thái, số, ngày, các tệp đã lưu và mã băm."""
    paper = _paper(code)
    files = [
        {"role": file.role, "name": file.name, "sha256": file.sha256, "at": file.at.isoformat()}
        for file in paper.files.order_by("id")
    ]
    data = _told(paper) | {"fields": paper.fields, "template_version": paper.template_version, "files": files}
    lines = [
        f"{KINDS[paper.kind].name} {number_of_paper(paper)}".strip(),
        f"{paper}",
        f"{paper.issuer}; {paper.get_state_display()}",
        *(f"  {file['role']}: {file['sha256']}  {file['name']}" for file in files),
    ]
    return Answer(data, lines)


@papers.command("render")
@click.argument("code")
@click.option(
    "--format", "form", type=OneOf("định dạng", {name: name for name in FORMS}), default="pdf", help="pdf, docx"
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=True), help="Tệp hoặc thư mục; mặc định thư mục này.")
@json_option
def render(code: str, form: str, out: Path | None) -> Answer:
    """Ghi văn bản ra tệp: đã ban hành thì đúng tệp đã lưu, chưa thì như hiện nay."""
    paper, role = _paper(code), FORMS[form]
    kept = paper.files.filter(role=role).select_related("stored").first()
    if kept:
        with open_file(kept.stored) as file:
            content = file.read()
    else:
        content = RENDER[role](compose(paper))
    name = kept.name if kept else file_name(paper, role)
    target = out / name if out and out.is_dir() else out or Path(name)
    target.write_bytes(content)
    data = {"code": paper.code, "path": str(target), "bytes": len(content), "kept": bool(kept)}
    return Answer(data, [f"Đã ghi {target} ({len(content)} byte)."])


def _paper(text: str) -> OfficialPaper:
    code = parse_code(text)
    found = OfficialPaper.objects.select_related("agency", "agency__parent").filter(code=code or "").first()
    if found is None:
        raise NoSuchPaper(f"Không có văn bản nào mang mã “{text}”.", "Mã ở chân văn bản, hoặc xem matxich papers list.")
    return found


def _told(paper: OfficialPaper) -> dict[str, Any]:
    """`number` as printed, "" while there is none; days as ISO, null while unknown."""
    return {
        "code": paper.code,
        "kind": paper.kind,
        "state": paper.state,
        "number": number_of_paper(paper),
        "on": paper.dated_on.isoformat() if paper.dated_on else None,
        "issuer": paper.issuer,
        "subject": paper.subject,
        "agency": paper.agency_id,
        "owner": {"kind": paper.owner_kind, "id": paper.owner_id, "purpose": paper.purpose},
        "replaces": paper.replaces.code if paper.replaces else None,
    }


COMMANDS = {"papers": papers}
