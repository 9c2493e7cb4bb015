"""Photos with a date: kept as handed in, shown without where they were taken."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matxich.coaching.actions.moving import BadEntry, locked_participant, participant_subject
from matxich.coaching.models import Participant, Photo, Visit
from matxich.coaching.permissions import may_remove_photo, may_work_on
from matxich.coaching.states import PhotoKind
from matxich.files.actions import store
from matxich.files.models import StoredFile
from matxich.files.pictures import public_copy
from matxich.files.queries import open_file
from matxich.files.states import FileKind
from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal, demand
from matxich.ledger.actions import record
from matxich.rulebook.vietnamese.text import squeeze

MOST_PHOTOS = 200
DATE_TAKEN, DATE_CHANGED, EXIF_PART, GPS_PART = 0x9003, 0x0132, 0x8769, 0x8825


class NoDate(Refusal):
    """A photo without a day proves nothing: neither the picture says when it was taken, nor the one who sent it."""

    code = "photo_without_date"
    status = 422
    field = "taken_on"


class TooManyPhotos(Refusal):
    code = "too_many_photos"


@dataclass(frozen=True, slots=True)
class Upload:
    stream: BinaryIO
    name: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What the picture says of itself."""

    on: date | None
    has_location: bool


@transaction.atomic
def add_photo(
    *, participant: Participant, upload: Upload, kind: str, by: Actor, at: datetime, title: str = "", pair: str = "",
    week: int | None = None, taken_on: date | None = None, visit: Visit | None = None,
) -> Photo:  # fmt: skip
    """The original is kept for officials in charge; everybody else sees it drawn anew, without place and camera.

    The day is the picture's own, or `taken_on`. Raises Denied, NoDate, BadEntry, TooManyPhotos and what the file store
    refuses (size, type by content, no picture); then nothing is written.
    """
    current = locked_participant(participant)
    demand(may_work_on(by, current))
    if kind not in PhotoKind.values:
        raise BadEntry("kind", _("Chọn loại ảnh."))
    if current.photos.filter(removed_at=None).count() >= MOST_PHOTOS:
        raise TooManyPhotos(_("Đã có %(n)s ảnh.") % {"n": MOST_PHOTOS}, _("Gỡ bớt ảnh cũ rồi thêm."))
    stored = store(
        by=by, at=at, stream=upload.stream, name=upload.name, kind=FileKind.IMAGE,
        max_bytes=settings.MAX_ATTACHMENT_BYTES,
    )  # fmt: skip
    shown = public_copy(by=by, at=at, stored=stored)
    taken = taken_from(stored)
    day = taken.on or taken_on
    if day is None:
        raise NoDate(_("Ảnh không cho biết ngày chụp."), _("Ghi ngày chụp rồi gửi lại ảnh."))
    if day > timezone.localdate(at):
        raise BadEntry("taken_on", _("Ngày chụp ở tương lai."), _("Kiểm tra ngày giờ của máy ảnh, hoặc ghi lại ngày."))
    photo = Photo.objects.create(
        participant=current, visit=visit, kind=kind, pair=squeeze(pair)[:60], week=week, title=squeeze(title)[:200],
        taken_on=day, day_typed=taken.on is None, had_location=taken.has_location, file=stored, shown=shown,
        added_by=by.id, added_at=at,
    )  # fmt: skip
    record(
        by=by, at=at, action="participant.photo", on=participant_subject(current),
        after={"photo": photo.pk, "kind": kind, "taken_on": day, "day_typed": photo.day_typed, "sha256": stored.sha256},
    )  # fmt: skip
    return photo


def taken_from(stored: StoredFile) -> Taken:
    """Day and whether it holds a location; nothing for a picture without such data."""
    from PIL import Image  # noqa: PLC0415 - heavy, and only photos need it

    with open_file(stored) as file:
        data = io.BytesIO(file.read())
    try:
        with Image.open(data, formats=("JPEG", "PNG")) as picture:
            exif = picture.getexif()
            told = str(exif.get_ifd(EXIF_PART).get(DATE_TAKEN) or exif.get(DATE_CHANGED) or "")
            located = bool(exif.get_ifd(GPS_PART))
    except (OSError, SyntaxError, ValueError, EOFError):
        return Taken(None, False)
    return Taken(_day(told), located)


def _day(told: str) -> date | None:
    """ "2023:06:14 09:30:00"; cameras without a clock say 0000 or 1970."""
    try:
        found = datetime.strptime(told[:10], "%Y:%m:%d").date()  # noqa: DTZ007 - a day, as the camera's clock had it
    except ValueError:
        return None
    return found if found.year >= 2000 else None


@transaction.atomic
def remove_photo(*, photo: Photo, by: Actor, at: datetime, reason: str = "") -> None:
    """Nobody is shown it any more; bytes and history stay. Raises Denied."""
    demand(may_remove_photo(by, photo))
    if Photo.objects.filter(pk=photo.pk, removed_at=None).update(removed_at=at):
        record(
            by=by, at=at, action="participant.photo", on=participant_subject(photo.participant),
            before={"photo": photo.pk, "sha256": photo.file.sha256}, after={"photo": None}, reason=reason,
        )  # fmt: skip
