"""`demo`: a filled site for trying out. Refused on a real installation."""

import click
from django.conf import settings
from django.utils import timezone

from demo.filling import fill
from matxich.cli import Answer, json_option
from matxich.cli.installation import UnsafeSettings
from matxich.cli.progress import Progress
from matxich.cli.sealing import sealed
from matxich.kit.actor import system_actor


@click.command("demo")
@json_option
@sealed
def demo() -> Answer:
    """Đưa vào dữ liệu mẫu: doanh nghiệp đặt ra, ba danh sách chồng nhau, cơ quan và người cho mọi vai trò."""
    if settings.PRODUCTION:
        raise UnsafeSettings("Bản chạy thật không nhận dữ liệu mẫu.", "Chỉ dùng lệnh này khi MATXICH_PRODUCTION=0.")
    filled = fill(by=system_actor(), at=timezone.now(), progress=Progress())
    width = max(len(p.email) for p in filled.people)
    lines = [
        f"{filled.enterprises} doanh nghiệp đặt ra, {filled.imports} danh sách đã nhập.",
        f"Đăng nhập mẫu, mật khẩu chung: {filled.password}",
        *(f"  {p.email:<{width}}  {p.role} · {p.agency}" for p in filled.people),
    ]
    people = [{"email": p.email, "name": p.name, "role": p.role, "agency": p.agency} for p in filled.people]
    return Answer({"enterprises": filled.enterprises, "password": filled.password, "people": people}, lines)


COMMANDS = {"demo": demo}
