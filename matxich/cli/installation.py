"""`setup` and `first-administrator`: from nothing to a register ready for its first list."""

import fcntl
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from matxich.accounts.actions import first_administrator_link
from matxich.cli import Answer, json_option
from matxich.cli.sealing import settle
from matxich.kit.actor import system_actor
from matxich.kit.refusals import Refusal
from matxich.places.actions import load_reference


class UnsafeSettings(Refusal):
    code = "unsafe_settings"


@click.command("setup")
@json_option
def setup() -> Answer:
    """Tạo thư mục dữ liệu, cơ sở dữ liệu và mọi dữ liệu nền. Chạy lại không đổi gì. Không cần mạng."""
    began = time.monotonic()
    refuse_unsafe_settings()
    with _alone():
        call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
        if settings.PRODUCTION:
            call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)
        loaded = load_reference(at=timezone.now())
    settle()
    seconds = round(time.monotonic() - began, 1)
    data = {"home": str(settings.HOME), "database": settings.DATABASES["default"]["ENGINE"], "seconds": seconds}
    return Answer(data | {"reference": loaded}, [f"Sẵn sàng tại {settings.HOME} ({seconds} giây)."])


@contextmanager
def _alone() -> Iterator[None]:
    """Two setups of one home follow one another: the second finds all done."""
    with (settings.HOME / "setup.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def refuse_unsafe_settings() -> None:
    """A real installation with debugging on, or open to any host, does not start."""
    if not settings.PRODUCTION:
        return
    if settings.DEBUG:
        raise UnsafeSettings("MATXICH_DEBUG đang bật.", "Tắt MATXICH_DEBUG khi MATXICH_PRODUCTION=1.")
    if "*" in settings.ALLOWED_HOSTS:
        raise UnsafeSettings("MATXICH_HOSTS nhận mọi tên máy.", "Ghi rõ tên máy chủ trong MATXICH_HOSTS.")
    providers: Any = settings.SOCIALACCOUNT_PROVIDERS
    for provider in providers["openid_connect"]["APPS"]:
        if not provider["settings"]["server_url"].startswith("https://"):
            raise UnsafeSettings(
                "MATXICH_OIDC_ISSUER không dùng https, nên ai ở giữa cũng có thể giả danh người đăng nhập.",
                "Ghi địa chỉ https:// của nhà cung cấp danh tính trong MATXICH_OIDC_ISSUER.",
            )


@click.command("first-administrator")
@json_option
def first_administrator() -> Answer:
    """In liên kết dùng một lần để người quản trị đầu tiên đặt tên và mật khẩu."""
    link = first_administrator_link(by=system_actor(), at=timezone.now())
    settle()
    return Answer({"url": link}, ["Mở liên kết này một lần, trong 24 giờ:", link])


COMMANDS = {"setup": setup, "first-administrator": first_administrator}
