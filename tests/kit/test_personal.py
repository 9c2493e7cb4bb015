"""No field arrives unclassified; lists show masks; whoever opens personal data leaves a trace."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from matxich.kit.access import ReasonMissing, open_personal, record_export
from matxich.kit.actor import Actor
from matxich.kit.middleware import refuse_writes
from matxich.kit.models import AccessRecord
from matxich.kit.personal import NOT_PERSONAL, PUBLIC_ROOMS, REGISTER, Erase, mask, registered, wipe

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
BY = Actor(kind="person", id="user:5", name="Ngô Thị Chủ", organisation="Sở Công Thương")
COULD_HOLD = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField)


def could_hold_personal_data() -> set[tuple[str, str]]:
    return {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("matxich.") and model._meta.app_label not in PUBLIC_ROOMS
        for field in model._meta.concrete_fields
        if isinstance(field, COULD_HOLD) and not field.choices
    }


def test_every_field_that_could_hold_personal_data_is_classified():
    known = {(line.model, line.field) for line in REGISTER}
    cleared = {(model, field) for model, fields in NOT_PERSONAL.items() for field in fields}
    assert known & cleared == set()
    assert known | cleared == could_hold_personal_data()


def test_every_line_of_the_register_says_why_and_how_long():
    assert all(line.whose and line.purpose and line.retention for line in REGISTER)
    assert all(reason.isalpha() for fields in NOT_PERSONAL.values() for reason in fields.values())


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("name", "Bà Vũ Thị Hà", "Bà V•• T•• H••"),
        ("name", "Đặng Văn Ổn", "Đ•• V•• Ổ••"),
        ("name", "Bà", "B••"),
        ("phone", "0912 345 418", "09•• ••• 418"),
        ("phone", "113", "••"),
        ("email", "ha.vu@so.gov.vn", "h••@so.gov.vn"),
        ("email", "không phải thư", "••"),
        ("person_id", "031090001234", "03• ••• ••• 234"),
        ("person_id", "*********234", "••• ••• ••• 234"),
        ("phone", "đã xóa theo yêu cầu", "đã xóa theo yêu cầu"),
        ("hidden", "bất cứ gì", "••"),
        ("name", "  ", ""),
    ],
)
def test_a_mask_shows_enough_to_recognise_and_too_little_to_use(kind, value, shown):
    assert mask(kind, value) == shown


def test_opening_leaves_a_record_even_during_a_get(db):
    with connection.execute_wrapper(refuse_writes):
        open_personal(by=BY, at=AT, subject=("user", "7"), fields=["phone", "email"], reason=" Gọi mời họp ")
    record_export(by=BY, at=AT, what="enterprise", fields=["contact_phone"], rows=40, reason="Gửi thư mời hội chợ")
    assert list(
        AccessRecord.objects.values_list("kind", "actor_id", "subject_kind", "subject_id", "fields", "rows")
    ) == [
        ("export", "user:5", "enterprise", "", ["contact_phone"], 40),
        ("view", "user:5", "user", "7", ["email", "phone"], 1),
    ]


def test_without_a_reason_nothing_opens(db):
    with pytest.raises(ReasonMissing):
        open_personal(by=BY, at=AT, subject=("user", "7"), fields=["phone"], reason=" ")
    assert not AccessRecord.objects.exists()


def test_the_record_of_who_looked_cannot_be_changed(db):
    open_personal(by=BY, at=AT, subject=("user", "7"), fields=["phone"], reason="Gọi mời họp")
    for change in (AccessRecord.objects.all().delete, lambda: AccessRecord.objects.update(reason="khác")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_wiping_leaves_only_what_the_register_allows(world):
    from matxich.accounts.models import User

    assert wipe("accounts.User", [world.owner.pk]) == 1
    wiped = User.objects.get(pk=world.owner.pk)
    left = {line.field: getattr(wiped, line.field) for line in registered("accounts.User") if line.erase != Erase.KEPT}
    assert left["name"] == "đã xóa theo yêu cầu"
    assert left["email"] == f"xoa-{wiped.pk}@khong-con.invalid"
    assert left["phone"] == ""
    assert User.objects.get(pk=world.colleague.pk).name == "Trần Văn Đồng"
