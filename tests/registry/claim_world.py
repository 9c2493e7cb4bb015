"""A firm, people of it with ordinary accounts, and papers they hand in."""

import io
from typing import Any

from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.registry import actions
from matxich.registry.models import Claim, Enterprise
from tests.conftest import NOW

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def paper(content: bytes = PDF, name: str = "giay-dang-ky.pdf") -> actions.Upload:
    return actions.Upload(io.BytesIO(content), name)


def somebody(email: str = "chi.lan@binhminh.example", name: str = "Đặng Thị Lan") -> User:
    """An account with no role at all."""
    user = User(email=email, name=name, created_at=NOW)
    user.set_password("mat-khau-rat-dai")
    user.save()
    return user


def acting(user: Any) -> Any:
    return person(user, NOW.date())


def claimed(firm: Enterprise, user: Any, **more: Any) -> Claim:
    return actions.submit_claim(enterprise=firm, by=acting(user), at=NOW, registration=paper(), **more)


def managed(firm: Enterprise, user: Any, by: Any, **more: Any) -> Claim:
    """The same, approved."""
    return actions.approve_claim(claim=claimed(firm, user, **more), by=by, at=NOW)
