"""A firm, people of it with ordinary accounts, and papers they hand in."""

import io
from typing import Any

from PIL import ExifTags, Image

from matxich.accounts.models import User
from matxich.accounts.queries import person
from matxich.registry import actions
from matxich.registry.models import Claim, Enterprise
from tests.conftest import NOW

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), *, place: bool = False) -> bytes:
    """A photo; with `place`, the camera wrote where it was taken."""
    out = io.BytesIO()
    exif = Image.Exif()
    if place:
        exif[ExifTags.Base.Make] = "May anh"
        exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (20.0, 51.0, 0.0), 3: "E", 4: (106.0, 41.0, 0.0)})
    Image.new("RGB", size, "teal").save(out, kind, exif=exif)
    return out.getvalue()


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
