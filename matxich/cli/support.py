"""`support list|add|void|link|unlink|complete|import|undo`: the history of support from the shell."""

from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.cli.people import person_called
from matxich.cli.sealing import sealed
from matxich.cli.usage import Day, ExistingFile, Number, OneOf
from matxich.kit.actor import Actor, system_actor
from matxich.kit.refusals import Refusal
from matxich.places.queries import match_province, name_of
from matxich.policy.actions.beneficiaries import link_beneficiary, unlink_beneficiary
from matxich.policy.actions.support import (
    BadSupport,
    Entry,
    declare_complete,
    record_support,
    withdraw_complete,
    withdraw_support,
)
from matxich.policy.actions.support_lists import AlreadyBrought, look_at_list, publish_list, read_list, undo_list
from matxich.policy.models import CompleteYear, SupportGiven, SupportList
from matxich.policy.queries.beneficiaries import record_named
from matxich.policy.queries.facts import firm_of_tax_code
from matxich.policy.queries.support import NOT_STATE, of_firm, support_given
from matxich.policy.queries.support_pages import Line, lines_of, list_report
from matxich.policy.states import SupportStatus
from matxich.rulebook.identifiers import make_registry_id
from matxich.rulebook.law.acts import read_part
from matxich.rulebook.law.given import FIRST, LAST
from matxich.rulebook.law.supports.kinds import SUPPORTS


class NoSuchList(Refusal):
    code = "no_such_list"


class NoSuchEntry(Refusal):
    code = "no_such_entry"


class NoSuchRecord(Refusal):
    code = "no_such_record"


class NoSuchProvince(Refusal):
    code = "no_such_province"


class NoSuchWord(Refusal):
    code = "no_such_word"


@click.group("support")
def support() -> None:
    """Hỗ trợ đã cấp: ai, nội dung gì, năm nào, bao nhiêu."""


@support.command("list")
@click.argument("text", default="")
@click.option("--tax-code", "tax_code", default="", help="Chỉ của một doanh nghiệp trong sổ đăng ký.")
@click.option("--year", type=Number(FIRST, LAST))
@click.option("--doubles", is_flag=True, help="Chỉ những khoản trùng.")
@json_option
def list_(text: str, tax_code: str, year: int | None, doubles: bool) -> Answer:
    """Các khoản hỗ trợ và khoản nào trùng khoản nào; mã thoát 1 nếu không có khoản nào."""
    found = of_firm(firm_of_tax_code(tax_code)) if tax_code else support_given(text=text)
    lines = [line for line in lines_of(found.filter(year=year) if year else found) if line.doubles or not doubles]
    data = {
        "total": len(lines),
        "amount": sum(line.amount for line in lines),
        "support": [_told(line) for line in lines],
    }
    said = [f"{line.year} {line.content or '–'} {line.name}: {line.title}, {line.amount} đồng" + (
        f" · trùng: {'; '.join(line.doubles)}" if line.doubles else "") for line in lines]  # fmt: skip
    return Answer(data, said, 0 if lines else 1)


def _told(line: Line) -> dict[str, Any]:
    return {
        "entry": line.pk, "beneficiary": line.name, "registry_id": line.registry_id or None,
        "tax_code": line.tax_code or None, "province": line.province, "content": line.content or None,
        "title": line.title, "programme": line.programme, "agency": line.agency, "budget": line.budget,
        "year": line.year, "decision": line.decision, "amount": line.amount, "counterpart": line.counterpart,
        "status": line.status, "source": line.source, "doubles": list(line.doubles),
    }  # fmt: skip


@support.command("import")
@click.argument("file", type=ExistingFile())
@click.option("--source", required=True, help="Cơ quan gửi và số công văn.")
@click.option("--dry-run", is_flag=True, help="Đọc và báo cáo, không ghi gì.")
@json_option
@sealed
def import_(file: Path, source: str, dry_run: bool) -> Answer:
    """Nhập danh sách hỗ trợ (xlsx, xls, ods, csv); cùng tệp nhập lại không đổi gì; mã thoát 1 nếu không nhận gì."""
    by, at = system_actor(), timezone.now()
    if dry_run:
        report = list_report(look_at_list(path=file, name=file.name, source=source, by=by, at=at))
    else:
        try:
            batch = read_list(path=file, name=file.name, source=source, by=by, at=at)
            batch = publish_list(batch=batch, by=by, at=at) if batch.counts["taken"] else batch
            report = list_report(batch)
        except AlreadyBrought as refusal:
            report = list_report(refusal.existing, repeats=True)
    again = "Tệp này đã được nhập; không có gì thay đổi. " if report["repeats"] else ""
    lines = [
        f"{again}{report['rows']} dòng: {report['taken']} nhận, {report['rejected']} bị từ chối, "
        f"{report['doubles']} trùng hỗ trợ."
    ]
    lines += [f"  dòng {one['row']} {one['name']}: {one['reason']}" for one in report["rejections"][:20]]
    lines += [f"  dòng {one['row']}: {one['note']}" for one in report["notes"][:20]]
    return Answer(report, lines, 0 if report["taken"] else 1)


@support.command("undo")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Vì sao; được ghi vào nhật ký.")
@json_option
@sealed
def undo(number: int, reason: str) -> Answer:
    """Hoàn tác danh sách mang số NUMBER."""
    batch = SupportList.objects.filter(pk=number).first()
    if batch is None:
        raise NoSuchList(f"Không có danh sách số {number}.", "Số có trong kết quả của matxich support import.")
    undone = undo_list(batch=batch, by=system_actor(), at=timezone.now(), reason=reason)
    return Answer({"list": undone.pk, "state": undone.state}, [f"Đã hoàn tác danh sách {undone.file_name}."])


by_option = click.option("--by", "email", default="", help="Thư điện tử của người làm việc này; mặc định là hệ thống.")
BUDGETS = {"local": "local", "national": "national", "other": NOT_STATE}


@support.command("add")
@click.argument("name")
@click.option("--province", required=True, help="Mã hoặc tên tỉnh, thành phố của đơn vị thụ hưởng.")
@click.option("--year", type=Number(FIRST, LAST), required=True)
@click.option("--amount", required=True, help="Đồng, hoặc như “300 triệu”.")
@click.option("--agency", required=True, help="Cơ quan quyết định.")
@click.option("--source", required=True, help="Sổ, báo cáo hoặc quyết định đã đọc.")
@click.option("--content", default="", help="Mã nội dung theo luật, như KC-12.")
@click.option("--title", default="", help="Hỗ trợ gì; mặc định là tên của nội dung.")
@click.option("--budget", type=OneOf("nguồn", BUDGETS), default="local", help="local, national hoặc other.")
@click.option("--tax-code", "tax_code", default="")
@click.option("--programme", default="")
@click.option("--decision", default="", help="Số quyết định.")
@click.option("--decided-on", "decided_on", type=Day())
@click.option("--counterpart", default="", help="Vốn đối ứng.")
@click.option("--status", type=OneOf("tình trạng", {each: each for each in SupportStatus.values}), default="paid")
@click.option("--note", default="")
@click.option("--knowing", is_flag=True, help="Vẫn ghi dù trùng: khoản này đã chi thật.")
@by_option
@json_option
@sealed
def add(
    name: str, province: str, amount: str, counterpart: str, budget: str, content: str, title: str, decision: str,
    knowing: bool, email: str, **told: Any,
) -> Answer:  # fmt: skip
    """Ghi một khoản hỗ trợ của NAME. Trùng thì từ chối, trừ khi có --knowing."""
    place, code = _province(province), content.upper()
    entry = Entry(
        name=name,
        province=place,
        amount=_money(amount),
        counterpart=_money(counterpart) if counterpart else None,
        budget=f"province:{place}" if budget == "local" else budget,
        content=code,
        title=title or (SUPPORTS[code].words.vi if code in SUPPORTS else ""),
        decision_no=decision,
        **told,
    )
    given = record_support(entry=entry, by=_who(email), at=timezone.now(), knowing=knowing)
    (line,) = lines_of([given])
    doubled = f" Trùng: {'; '.join(line.doubles)}." if line.doubles else ""
    return Answer(_told(line), [f"Đã ghi khoản số {given.pk}.{doubled}"])


@support.command("void")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Vì sao; được ghi vào nhật ký.")
@by_option
@json_option
@sealed
def void(number: int, reason: str, email: str) -> Answer:
    """Gỡ khoản mang số NUMBER: không còn được tính, lịch sử vẫn giữ."""
    given = withdraw_support(given=_entry(number), by=_who(email), at=timezone.now(), reason=reason)
    return Answer({"entry": given.pk, "state": "void"}, [f"Đã gỡ khoản số {given.pk}."])


@support.command("link")
@click.argument("number", type=int)
@click.argument("record")
@click.option("--reason", required=True, help="Vì sao; được ghi vào nhật ký.")
@by_option
@json_option
@sealed
def link(number: int, record: str, reason: str, email: str) -> Answer:
    """Nối đơn vị thụ hưởng của khoản NUMBER với hồ sơ RECORD (mã hồ sơ hoặc mã số thuế)."""
    given, firm = _entry(number), record_named(record)
    if firm is None:
        raise NoSuchRecord(f"Không có hồ sơ “{record}”.", "Ghi mã hồ sơ như MX-004127-0, hoặc mã số thuế.")
    made = link_beneficiary(given=given, enterprise=firm, by=_who(email), at=timezone.now(), reason=reason)
    data = {"link": made.pk, "registry_id": make_registry_id(firm.pk), "entries": made.given.count()}
    return Answer(data, [f"Đã nối {data['entries']} khoản với {firm.name}."])


@support.command("unlink")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Vì sao; được ghi vào nhật ký.")
@by_option
@json_option
@sealed
def unlink(number: int, reason: str, email: str) -> Answer:
    """Bỏ nối đơn vị thụ hưởng của khoản NUMBER."""
    undone = unlink_beneficiary(given=_entry(number), by=_who(email), at=timezone.now(), reason=reason)
    return Answer({"link": undone.pk, "state": "undone"}, ["Đã bỏ nối; lịch sử vẫn giữ."])


@support.command("complete")
@click.argument("year", type=Number(FIRST, LAST), required=False)
@click.option("--province", default="", help="Mã hoặc tên tỉnh, thành phố; bỏ trống là cả nước.")
@click.option("--reason", default="", help="Đã đối chiếu với sổ sách nào.")
@click.option("--withdraw", is_flag=True, help="Rút tuyên bố.")
@click.option("--by", "email", default="", help="Thư điện tử của người có thẩm quyền; lời này là của cơ quan.")
@json_option
@sealed
def complete(year: int | None, province: str, reason: str, withdraw: bool, email: str) -> Answer:
    """Tuyên bố sổ của năm YEAR đã đầy đủ, hoặc rút; không có YEAR thì kể những năm đã tuyên bố."""
    if year is None:
        words = list(CompleteYear.objects.filter(withdrawn_at=None))
        return Answer({"years": list(map(_word, words))}, list(map(_said, words)), 0 if words else 1)
    place, by, at = _province(province) if province else "", person_called(email), timezone.now()
    if not withdraw:
        word = declare_complete(province=place, year=year, by=by, at=at, reason=reason)
        return Answer(_word(word), [f"Đã ghi tuyên bố: {_said(word)}"])
    standing = CompleteYear.objects.filter(province=place, year=year, withdrawn_at=None).first()
    if standing is None:
        raise NoSuchWord(f"Năm {year} chưa được tuyên bố đầy đủ.", "Xem: matxich support complete")
    word = withdraw_complete(word=standing, by=by, at=at, reason=reason)
    return Answer(_word(word), [f"Đã rút tuyên bố: {_said(word)}"])


def _word(word: CompleteYear) -> dict[str, Any]:
    return {
        "year": word.year, "province": word.province or None, "agency": word.agency_name, "reason": word.reason,
        "declared_on": timezone.localdate(word.declared_at).isoformat(), "stands": word.withdrawn_at is None,
    }  # fmt: skip


def _said(word: CompleteYear) -> str:
    return f"{word.year}, {name_of(word.province) if word.province else 'cả nước'}: {word.agency_name}"


def _who(email: str) -> Actor:
    return person_called(email) if email else system_actor()


def _entry(number: int) -> SupportGiven:
    found = SupportGiven.objects.filter(pk=number).first()
    if found is None:
        raise NoSuchEntry(f"Không có khoản số {number}.", "Xem: matxich support list")
    return found


def _province(text: str) -> str:
    found = match_province(text, "34")
    if len(found) != 1:
        raise NoSuchProvince(f"Không rõ tỉnh, thành nào là “{text}”.", "Ghi mã hoặc tên sau 01/07/2025.")
    return found[0]


def _money(text: str) -> int:
    try:
        return int(str(read_part("whole", text)))
    except ValueError as error:
        raise BadSupport("amount", f"“{text}” không phải là số tiền: ghi 300000000 hoặc “300 triệu”.") from error


COMMANDS = {"support": support}
