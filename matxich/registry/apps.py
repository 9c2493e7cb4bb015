from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "matxich.registry"
    label = "registry"

    def ready(self) -> None:
        from matxich.registry import receivers  # noqa: F401, PLC0415 - receivers connect once models are loaded
