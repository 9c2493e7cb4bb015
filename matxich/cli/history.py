"""`ledger verify`: is the history whole?"""

import click
from django.utils import timezone

from matxich.cli import Answer, json_option
from matxich.ledger.actions import seal
from matxich.ledger.queries import verification_as_json


@click.group("ledger")
def ledger() -> None:
    """Nhật ký hệ thống."""


@ledger.command("verify")
@click.option("--digest", help="Mã băm đã công bố, để phát hiện phần cuối bị cắt.")
@json_option
def verify(digest: str | None) -> Answer:
    """Niêm phong rồi kiểm tra cả chuỗi; mã thoát 1 nếu có mục sai."""
    seal(at=timezone.now())
    data = verification_as_json(expected_digest=digest)
    if data["ok"]:
        return Answer(data, [f"Nhật ký nguyên vẹn: {data['entries']} mục."])
    return Answer(data, [f"Nhật ký KHÔNG nguyên vẹn. Mục sai đầu tiên: {data['first_bad']}"], 1)


COMMANDS = {"ledger": ledger}
