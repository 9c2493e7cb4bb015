from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "matxich.appraisal"

    def ready(self) -> None:
        from matxich.appraisal import receivers  # noqa: F401, PLC0415 - they connect once models are loaded
