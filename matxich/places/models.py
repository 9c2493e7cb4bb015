"""Administrative units with validity, what became of them, and industrial zones."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from matxich.places.states import Level, SuccessionKind, ZoneKind


class Unit(models.Model):
    """One unit in one period [valid_from, valid_to). The same code may be another unit in another period.

    `parent` is the code one level up in the same period. `folded` and `order` are for search and sorting.
    """

    code = models.CharField(max_length=5)
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    full_name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    parent = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    area = models.FloatField(null=True, blank=True)
    folded = models.CharField(max_length=100, editable=False)
    order = models.CharField(max_length=240, editable=False)

    class Meta:
        ordering = ["order", "code", "valid_from"]
        indexes = [
            models.Index(fields=["parent", "valid_from"], name="unit_of_parent"),
            models.Index(fields=["level", "folded"], name="unit_by_folded_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_begins_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="unit_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def last_day(self) -> date | None:
        """The last day it was in force; None while it is."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


class Succession(models.Model):
    """All or part of one unit became another on a day, by a legal act."""

    predecessor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="heirs")
    successor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="origins")
    kind = models.CharField(max_length=5, choices=SuccessionKind)
    on = models.DateField()
    legal_act = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_stated_once")]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Zone(models.Model):
    """An industrial zone or cluster by name. Provinces are codes, one on each map.

    `packaged`: of the packaged list; any other was added by a list that officers brought in.
    """

    kind = models.CharField(max_length=4, choices=ZoneKind)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    aliases = models.JSONField(default=list)
    province_63 = models.CharField(max_length=2)
    province_34 = models.CharField(max_length=2)
    district_63 = models.CharField(max_length=3, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    confidence = models.CharField(max_length=10)
    packaged = models.BooleanField(default=True, db_default=True)
    order = models.CharField(max_length=360, editable=False)

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["province_34", "order"], name="zone_of_province")]
        constraints = [models.UniqueConstraint(fields=["kind", "name", "province_63"], name="zone_listed_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class ReferenceLoad(models.Model):
    """Which version of the packaged data the tables hold."""

    name = models.CharField(max_length=40, primary_key=True)
    version = models.CharField(max_length=16)
    loaded_at = models.DateTimeField()
