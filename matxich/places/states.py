"""Choices of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    COUNTRY = "country", _("quốc gia")
    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


class SuccessionKind(models.TextChoices):
    WHOLE = "whole", _("toàn bộ")
    PART = "part", _("một phần")


class ZoneKind(models.TextChoices):
    KCN = "KCN", _("khu công nghiệp")
    CCN = "CCN", _("cụm công nghiệp")
    KCX = "KCX", _("khu chế xuất")
    KCNC = "KCNC", _("khu công nghệ cao")
    KKT = "KKT", _("khu kinh tế")


ACTIONS = {
    "places.load_reference": _("Nạp dữ liệu địa giới"),
}
