from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "matxich.policy"

    def ready(self) -> None:
        from matxich.policy import panels  # noqa: F401, PLC0415 - they connect once models are loaded
