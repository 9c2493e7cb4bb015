"""Photos and documents: the bytes decide what they are, and each opens for whom it is meant."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from matxich.files.actions import TooBig, WrongType
from matxich.files.models import StoredFile
from matxich.files.pictures import NoPicture
from matxich.kit.refusals import Denied
from matxich.ledger.models import Entry
from matxich.registry import actions
from matxich.registry.models import Attachment
from matxich.registry.states import AttachmentKind, Kind, Visibility
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.registry.claim_world import PDF, acting, managed, paper, picture, somebody
from tests.registry.firm_world import SYSTEM, full_firm, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return full_firm()


def add(firm, content, name="anh.jpg", kind=AttachmentKind.PHOTO, by=SYSTEM, visibility=Visibility.PUBLIC):
    return actions.add_attachment(
        enterprise=firm, kind=kind, upload=paper(content, name), title="", visibility=visibility, by=by, at=NOW
    )


def docx(*more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in ("word/document.xml", *more):
            archive.writestr(part, "x")
    return out.getvalue()


def test_a_photo_is_drawn_anew_for_others_and_kept_as_it_came_for_officials(firm, world, sign_in, client):
    content = picture(size=(2400, 1200), place=True)
    assert b"May anh" in content
    made = add(firm, content)
    shown = client.get(f"/tep/{made.pk}/")
    drawn = Image.open(io.BytesIO(shown.content))
    assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (1600, 800), {})
    assert b"May anh" not in shown.content
    assert shown["Cache-Control"] == "public, max-age=300"
    assert client.get(f"/tep/{made.pk}/goc/").status_code == 302
    assert sign_in(world.stranger).get(f"/tep/{made.pk}/goc/").content == content
    assert sign_in(world.enterprise).get(f"/tep/{made.pk}/goc/").status_code == 403
    assert f'src="/tep/{made.pk}/"' in client.get(page_of(firm)).content.decode()
    assert Entry.objects.get(action="attachment.add").after["sha256"] == made.file.sha256


@pytest.mark.any_database("pictures are drawn without it")
def test_a_transparent_png_and_one_turned_by_the_camera(firm):
    out = io.BytesIO()
    Image.new("RGBA", (8, 4), (0, 0, 0, 0)).save(out, "PNG")
    made = add(firm, out.getvalue(), "trong.png")
    assert made.shown.media_type == "image/jpeg"
    turned, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(turned, "JPEG", exif=exif)
    path = add(firm, turned.getvalue()).shown
    from matxich.files.queries import open_file

    with open_file(path) as file:
        assert Image.open(file).size == (20, 40)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (SVG, WrongType),
        (b"<!doctype html><script>alert(1)</script>", WrongType),
        (b"#!/bin/sh\nrm -rf /", WrongType),
        (b"GIF89a<script>", WrongType),
        (PDF, WrongType),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", NoPicture),
        (b"\xff\xd8\xff<?php system('x'); ?>", NoPicture),
        (picture()[:200], NoPicture),
    ],
)
def test_what_is_no_photo_is_refused_and_leaves_nothing(firm, content, refusal):
    with pytest.raises(refusal):
        add(firm, content)
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.any_database("pictures are drawn without it")
def test_a_photo_that_unfolds_without_end_is_refused(firm):
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(NoPicture, match="50 triệu"):
        add(firm, out.getvalue())


def test_documents_are_saved_not_shown_and_the_limits_hold(firm, client, settings, monkeypatch):
    made = add(firm, docx(), "ho-so.docx", AttachmentKind.DOCUMENT)
    answer = client.get(f"/tep/{made.pk}/")
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''ho-so.docx"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with pytest.raises(WrongType):
        add(firm, SVG, "a.pdf", AttachmentKind.DOCUMENT)
    settings.MAX_ATTACHMENT_BYTES = 1000
    with pytest.raises(TooBig):
        add(firm, PDF * 100, "a.pdf", AttachmentKind.DOCUMENT)
    monkeypatch.setattr(actions.attachments, "MOST_FILES", 1)
    with pytest.raises(actions.TooManyFiles):
        add(firm, PDF, "a.pdf", AttachmentKind.DOCUMENT)


def test_each_file_opens_for_whom_it_is_meant(firm, world, as_actor, sign_in, client):
    lan = somebody()
    managed(firm, lan, as_actor(world.owner))
    people = {"lan": lan, **world.people}
    for visibility, expected in (
        (Visibility.PUBLIC, {"nobody", *people}),
        (Visibility.OFFICIALS, {"lan", "owner", "colleague", "stranger", "administrator", "ministry"}),
        (Visibility.PRIVATE, {"lan", "owner", "colleague", "ministry"}),
    ):
        made = add(firm, picture(size=(40 + visibility, 30)), visibility=visibility, by=acting(lan))
        clients = {name: sign_in(user) for name, user in people.items()} | {"nobody": client}
        assert {n for n, c in clients.items() if c.get(f"/tep/{made.pk}/").status_code == 200} == expected
    firm.kind = Kind.HOUSEHOLD
    firm.save()
    made = Attachment.objects.filter(visibility=Visibility.PUBLIC).get()
    assert client.get(f"/tep/{made.pk}/").status_code == 302


def test_who_adds_and_who_takes_off(firm, world, as_actor, sign_in):
    lan, registry_id = somebody(), make_registry_id(firm.pk)
    managed(firm, lan, as_actor(world.owner))
    for user in (world.stranger, world.enterprise, world.viewer):
        with pytest.raises(Denied):
            add(firm, picture(), by=acting(user))
    theirs = add(firm, picture(), by=acting(world.owner))
    own = f"/doanh-nghiep-cua-toi/{registry_id}/tep/"
    form = {"kind": "photo", "title": "Máy phay", "visibility": "0"}
    sent = sign_in(lan).post(own, {**form, "file": SimpleUploadedFile("may.jpg", picture(size=(50, 50)))})
    assert sent.url == own
    mine = Attachment.objects.get(title="Máy phay")
    assert (mine.by_firm, theirs.by_firm) == (True, False)
    page = sign_in(lan).get(own).content.decode()
    assert (f"/tep/{mine.pk}/go/" in page, f"/tep/{theirs.pk}/go/" in page) == (True, False)
    refused = sign_in(lan).post(own, {**form, "file": SimpleUploadedFile("may.jpg", SVG)})
    assert (refused.status_code, "Chọn tệp loại: JPEG, PNG" in refused.content.decode()) == (422, True)
    assert sign_in(lan).post(f"/tep/{theirs.pk}/go/").status_code == 403
    assert sign_in(world.stranger).post(f"/tep/{mine.pk}/go/").status_code == 403
    assert sign_in(lan).post(f"/tep/{mine.pk}/go/").url == own
    assert sign_in(world.owner).get(f"/tep/{mine.pk}/").status_code == 403
    with pytest.raises(Denied):
        actions.remove_attachment(attachment=theirs, by=acting(world.stranger), at=NOW)
    actions.remove_attachment(attachment=theirs, by=acting(world.owner), at=NOW)
    with pytest.raises(actions.AlreadyRemoved):
        actions.remove_attachment(attachment=theirs, by=acting(world.owner), at=NOW)
    viewer = sign_in(world.viewer)
    page = viewer.get(f"/doanh-nghiep/{registry_id}/tep/").content.decode()
    assert "Chưa có ảnh hay tài liệu nào" in page
    assert (
        viewer.post(
            f"/doanh-nghiep/{registry_id}/tep/", {**form, "file": SimpleUploadedFile("a.jpg", picture())}
        ).status_code
        == 403
    )
