"""What rooms hear when a paper takes effect or loses it; sent inside the transaction that does so."""

from django.dispatch import Signal

paper_issued = Signal()
"""Sent with `owner_kind`, `owner_id`, `purpose` (the key the paper was drafted for), `paper` (its primary key), `kind`,
`number` (as printed, "" for a form without one), `on` (its day), `replaces` (the paper it replaces, or None), `by`,
`at`.

A case changes its state here, not on a click. A listener that raises stops the paper from being issued.
"""

paper_withdrawn = Signal()
"""Sent with the same, `replaces` apart, and `reason`, when a paper that was issued or numbered counts no longer."""
