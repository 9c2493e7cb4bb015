from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "matxich.coaching"

    def ready(self) -> None:
        from matxich.coaching import receivers  # noqa: F401, PLC0415 - receivers connect once models are loaded
