from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "matxich.proposals"
    label = "proposals"

    def ready(self) -> None:
        from matxich.proposals import receivers  # noqa: F401, PLC0415 - signals are heard once all rooms are loaded
