"""`ledger verify`: is the history whole?"""

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.ledger.queries import verification_as_json
from matxich.ledger.queries import verify as verify_chain


@click.group("ledger")
def ledger() -> None:
    """Nhật ký hệ thống."""


@ledger.command("verify")
@click.option("--digest", metavar="SỐ:MÃ", help="Mã băm đã công bố, để phát hiện phần cuối bị cắt.")
@json_option
def verify(digest: str | None) -> Answer:
    """Niêm phong rồi kiểm tra cả chuỗi; mã thoát 1 nếu có mục sai."""
    data = verification_as_json(verify_chain(at=timezone.now(), expected_digest=digest or ""))
    if data["ok"]:
        return Answer(data, [f"Nhật ký nguyên vẹn: {data['entries']} mục."])
    bad = data["first_bad"]
    return Answer(data, [f"Nhật ký KHÔNG nguyên vẹn. Sai đầu tiên: {bad['what']} {bad['id']}, {bad['problem']}"], 1)


COMMANDS = {"ledger": ledger}
