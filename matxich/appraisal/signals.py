"""What this room tells those above."""

from django.dispatch import Signal

case_decided = Signal()
"""(kind, id, recommended, amount, reasons, decision, reserve): a decision was issued; once for each case, in its
transaction, and again for a case whose wait on the reserve list ends.

`kind`, `id`: whose case it is; `recommended`: funded by the decision; `amount` in đồng, 0 when it is not; `reasons`:
list of {"vi", "en", "article"}; `decision`: the key of the decision; `reserve`: its place on the reserve list, or None.
"""

case_moved = Signal()
"""(kind, id, state): a case went to another state short of its decision, told in the same transaction."""
