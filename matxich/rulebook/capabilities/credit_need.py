"""The need for credit: yes, no or not known; how much, what for, on what security."""

import re

from matxich.rulebook.capabilities.figures import money_text, take_money
from matxich.rulebook.capabilities.model import Field, Found, Language, Part, Problem, Value
from matxich.rulebook.capabilities.scanning import Scan

NEEDS: dict[str, tuple[str, str]] = {
    "yes": ("cần vay vốn", "needs credit"),
    "no": ("không cần vay vốn", "needs no credit"),
    "unknown": ("chưa rõ nhu cầu vay", "credit need not known"),
}
_UNKNOWN = re.compile(
    r"(?<![a-z0-9])(?:chua (?:ro|biet|xac dinh)(?: nhu cau(?: vay)?)?|khong ro|unknown"
    r"|credit need not known)(?![a-z0-9])"
)
_NO = re.compile(
    r"(?<![a-z0-9])(?:(?:khong|chua) (?:co )?(?:nhu cau|can)(?: (?:vay|von|vay von))?|khong vay(?: von)?|khong"
    r"|needs? no credit|no need|none|no)(?![a-z0-9])"
)
_YES = re.compile(
    r"(?<![a-z0-9])(?:(?:co )?(?:nhu cau|can|muon|de nghi)(?: (?:vay(?: von)?|von))?|vay(?: von)?|co|needs?(?: credit)?"
    r"|loan|yes)(?![a-z0-9])\s*[:,]?"
)
_COLLATERAL = re.compile(
    r"(?<![a-z0-9])(?:the chap(?: bang)?|tai san (?:bao dam|dam bao|the chap)|bao dam bang|collateral"
    r"|secured (?:by|on))\s*[:.]?\s*(?P<what>[^\x1f;·,()]+)"
)
_PURPOSE = re.compile(r"(?<![a-z0-9])(?:de|muc dich|cho|purpose|for|to)\s*[:.]?\s*(?P<what>[^\x1f;·()]+)")


def _read(text: str, found: Found) -> None:
    scan = Scan(text)
    value: Value = {}
    if collateral := scan.take_written(_COLLATERAL, "what"):
        value["collateral"] = collateral.strip(" .")
    money = take_money(scan, found)
    if money and money.currency == "VND" and not money.comparator:
        value["amount"] = money.amount
    elif money:
        found.warn("not_understood", f"{money.comparator} {money.amount} {money.currency}".strip())
    if scan.take(_UNKNOWN):
        value["need"] = "unknown"
    elif not money and scan.take(_NO):
        value["need"] = "no"
    elif scan.take(_YES) or money:
        value["need"] = "yes"
    if purpose := scan.take_written(_PURPOSE, "what"):
        value["purpose"] = purpose.strip(" .,")
    rest = scan.rest("(),")
    if "need" not in value:
        found.warn("not_understood", text)
        return
    if rest and value["need"] == "yes" and "purpose" not in value:
        value["purpose"] = rest.pop(0)
    if value["need"] == "no":
        for part in value.keys() - {"need"}:
            found.warn("not_understood", value.pop(part))
    found.values.append(dict(sorted(value.items())))
    found.leave(rest)


def _plain(value: Value, language: Language) -> str:
    vi = language == "vi"
    words = NEEDS[value["need"]][not vi]
    if "amount" in value:
        words += f" {money_text(value['amount'], 'VND', language)}"
    if "purpose" in value:
        words += f" {'để' if vi else 'for'} {value['purpose']}"
    if "collateral" in value:
        words += f"; {'tài sản bảo đảm' if vi else 'collateral'}: {value['collateral']}"
    return words


def _faults(value: Value, latest_year: int) -> list[Problem]:
    extra = sorted(value.keys() - {"need"})
    return [Problem("does_not_fit_kind", part) for part in extra] if value["need"] == "no" else []


PARTS = (
    Part("need", "Nhu cầu vay", "Credit need", "choice", required=True, choices=NEEDS),
    Part("amount", "Số tiền", "Amount", "money", low=1),
    Part("purpose", "Mục đích vay", "Purpose", "text"),
    Part("collateral", "Tài sản bảo đảm", "Collateral", "text"),
)
FIELD = Field(
    "credit_need", "", False, "Nhu cầu vay vốn", "Credit need", "scale", "officials", 2, PARTS, _read, _plain, _faults,
    no_is_said=True,
)  # fmt: skip
