from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from matxich.appraisal.models import Case
    from matxich.kit.doorway import Request


class ProposalsConfig(AppConfig):
    name = "matxich.proposals"
    label = "proposals"

    def ready(self) -> None:
        from matxich.appraisal import dossiers  # noqa: PLC0415 - models are loaded by then
        from matxich.proposals import receivers  # noqa: F401, PLC0415 - signals are heard once all rooms are loaded
        from matxich.proposals.states import OWNER  # noqa: PLC0415 - its words are translated

        dossiers.register(OWNER, "proposals:dossier", _case_panel)


def _case_panel(request: "Request", case: "Case") -> str:
    from matxich.proposals.panels import case_panel  # noqa: PLC0415 - no command starts slower for what pages show

    return case_panel(request, case)
