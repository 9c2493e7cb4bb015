"""What this room shows on pages of the rooms below."""

from django.template.loader import render_to_string

from matxich.appraisal.models import Batch
from matxich.appraisal.permissions import may_open_batch
from matxich.kit.doorway import Request
from matxich.kit.panels import panel
from matxich.programmes.models import Call


@panel("programmes.call")
def batch_of_call(request: Request) -> str:
    """The batch of a call, to whoever may open it."""
    match = request.resolver_match
    call = Call.objects.filter(**match.kwargs).first() if match and match.kwargs.keys() <= {"pk", "code"} else None
    batch = Batch.objects.filter(call=call).select_related("agency", "council").first() if call else None
    if batch is None or not may_open_batch(request.actor, batch):
        return ""
    return render_to_string("appraisal/batch_panel.html", {"batch": batch}, request)
