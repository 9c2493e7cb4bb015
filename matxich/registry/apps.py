from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "matxich.registry"
    label = "registry"

    def ready(self) -> None:
        from matxich.registry import panels, receivers  # noqa: F401, PLC0415 - they connect once models are loaded
