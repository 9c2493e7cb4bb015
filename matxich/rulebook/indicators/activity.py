"""Whether what a list says of a firm's state means that it works no longer."""

from matxich.rulebook.vietnamese.text import fold

ENDED = (
    "ngung", "tam ngung", "da ngung", "dung hoat dong", "khong hoat dong", "khong con hoat dong", "giai the",
    "da giai the", "pha san", "dong cua", "da dong cua", "closed", "dissolved", "bankrupt", "suspended",
)  # fmt: skip


def has_ended(said: str) -> bool:
    """“Tạm ngừng kinh doanh”, “Đã giải thể”; anything else is taken to be at work."""
    return fold(said).strip().startswith(ENDED)
