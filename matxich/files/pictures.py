"""A picture anew: what was drawn stays, whatever else came in the file (place, camera, hidden parts) does not."""

import io
import warnings
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from matxich.files.actions import store
from matxich.files.models import StoredFile
from matxich.files.queries import open_file
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
QUALITY = 82


class NoPicture(Refusal):
    """The bytes begin like a picture and are none, or hold more than anybody photographs."""

    code = "no_picture"
    status = 415


def public_copy(*, by: Actor, at: datetime, stored: StoredFile) -> StoredFile:
    """The picture drawn again as a JPEG no longer than LONGEST_SIDE, turned upright, without any metadata.

    Raises NoPicture for what cannot be drawn.
    """
    drawn = io.BytesIO(_drawn_anew(stored))
    name = f"{stored.name.rpartition('.')[0] or stored.name}.jpg"
    return store(by=by, at=at, stream=drawn, name=name, kind=FileKind.IMAGE, max_bytes=len(drawn.getbuffer()))


def _drawn_anew(stored: StoredFile) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy, and only photos need it

    out = io.BytesIO()
    try:
        with warnings.catch_warnings(), open_file(stored) as file:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise _too_large()
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                plain = Image.new("RGB", upright.size, "white")
                layered = upright.convert("RGBA")
                plain.paste(layered, mask=layered.getchannel("A"))
                plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NoPicture(
            _("Tệp này không phải ảnh đọc được."), _("Chụp lại, hoặc lưu ảnh thành JPG hay PNG rồi tải lên.")
        ) from error
    return out.getvalue()


def _too_large() -> NoPicture:
    limit = MOST_PIXELS // 1_000_000
    return NoPicture(_("Ảnh lớn hơn %(limit)s triệu điểm ảnh.") % {"limit": limit}, _("Thu nhỏ ảnh rồi tải lại."))
