from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "matxich.zones"

    def ready(self) -> None:
        from matxich.zones import panels  # noqa: F401, PLC0415 - it connects once models are loaded
