from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "matxich.programmes"

    def ready(self) -> None:
        from matxich.programmes import receivers  # noqa: F401, PLC0415 - receivers connect once models are loaded
