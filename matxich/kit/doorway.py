"""What the pages of every room share: a request with its actor, keys in addresses, a refusal as a sentence."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

from matxich.kit.actor import Actor
from matxich.kit.refusals import Refusal


class Request(HttpRequest):
    """What the middleware hands to views: `actor` is who acts, `user` the account behind it."""

    actor: Actor
    user: Any


def sentence(refusal: Refusal) -> str:
    """What is wrong and what to do, as one text beside a field."""
    return f"{refusal.message} {refusal.hint}".strip()


def number_of(text: str | None) -> int | None:
    """A key from the address; None when it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def after_of(request: HttpRequest) -> int | None:
    """The key a list goes on after; None for the beginning and for anything that is no key."""
    return number_of(request.GET.get("sau"))


def after_link(request: HttpRequest, following: int | str | None) -> str:
    """The address of the next page of a list by key; "" on the last."""
    if not following:
        return ""
    asked = request.GET.copy()
    asked["sau"] = str(following)
    return f"?{asked.urlencode()}"


def download(pieces: Iterable[bytes], name: str, media: str) -> StreamingHttpResponse:
    """A file given away as it is made; never kept by a cache, for what it holds depends on who asks."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    answer = StreamingHttpResponse(pieces, content_type=media, headers={"Content-Disposition": disposition})
    add_never_cache_headers(answer)
    return answer


@contextmanager
def on_disk(file: UploadedFile) -> Iterator[Path]:
    """An uploaded file as a path, for as long as it is looked at."""
    if hasattr(file, "temporary_file_path"):
        yield Path(file.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)
