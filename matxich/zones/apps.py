from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "matxich.zones"
