"""May a council sit, and may it decide this case? Shares and mandatory roles, as data of the founding decision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from matxich.rulebook.appraisal.criteria import BadCriteria, Fault
from matxich.rulebook.appraisal.exact import NotExact, exact
from matxich.rulebook.law.facts import Words

ROLES: Mapping[str, Words] = {
    "chair": Words("Chủ tịch", "Chair"),
    "vice": Words("Phó chủ tịch", "Vice chair"),
    "reviewer": Words("Ủy viên phản biện", "Reviewer"),
    "secretary": Words("Thư ký", "Secretary"),
    "finance": Words("Ủy viên tài chính", "Finance member"),
    "member": Words("Ủy viên", "Member"),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A member in office. `votes` is false for a secretary who only keeps the minutes."""

    member: str
    role: str
    votes: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """At least `least` of the roles; `all_of`: everybody who holds one of them."""

    roles: tuple[str, ...]
    least: int = 1
    all_of: bool = False


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """`share` of the members must be there. `recused_stay`: members recused from a case stay in the number it is a
    share of. `reviews`: the reviewers' written comments must be in before the case is decided."""

    share: Fraction
    article: str
    needs: tuple[Need, ...] = ()
    recused_stay: bool = False
    reviews: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One condition of the quorum, met or not, in words."""

    code: str
    met: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Quorum:
    """`present`: members there who are not recused; `needed`: how many the share asks for."""

    met: bool
    present: int
    needed: int
    of: int
    lines: tuple[Line, ...]
    article: str


def quorum_rule(data: Mapping[str, Any]) -> QuorumRule:
    """{"share": "2/3", "article", "needs": [{"roles": [...], "least": 1} | {"roles", "all": true}], "recused":
    "out" | "in", "reviews": bool}. Raises BadCriteria with every fault."""
    faults: list[Fault] = []
    share = Fraction(1)
    try:
        share = exact(data.get("share"))
        if not 0 < share <= 1:
            raise NotExact(share)
    except NotExact:
        faults.append(Fault("share", Words("Tỷ lệ từ trên 0 đến 1.", "A share is above 0 and at most 1.")))
    if not str(data.get("article") or "").strip():
        faults.append(Fault("article", Words("Chưa ghi căn cứ.", "The article is missing.")))
    if data.get("recused", "out") not in ("out", "in"):
        faults.append(Fault("recused", Words("Phải là “out” hoặc “in”.", "It is “out” or “in”.")))
    needs = []
    for index, each in enumerate(data.get("needs") or ()):
        roles = tuple(each.get("roles") or ()) if isinstance(each, Mapping) else ()
        least = each.get("least", 1) if isinstance(each, Mapping) else 0
        if not roles or any(role not in ROLES for role in roles) or not isinstance(least, int) or least < 1:
            faults.append(Fault(f"needs.{index}", Words("Vai trò không đúng.", "The roles are wrong.")))
            continue
        needs.append(Need(roles, least, each.get("all") is True))
    if faults:
        raise BadCriteria(faults)
    return QuorumRule(
        share,
        str(data["article"]).strip(),
        tuple(needs),
        data.get("recused", "out") == "in",
        data.get("reviews") is True,
    )


def quorum(
    rule: QuorumRule,
    seats: Sequence[Seat],
    present: Collection[str],
    *,
    recused: Collection[str] = (),
    reviewed: Collection[str] | None = None,
) -> Quorum:
    """Whether those present, less those recused, may decide. `reviewed`: reviewers whose comments are in (None: the
    question is about the session, not about a case)."""
    voting = [seat for seat in seats if seat.votes]
    base = voting if rule.recused_stay else [seat for seat in voting if seat.member not in recused]
    there = {seat.member for seat in seats if seat.member in present and seat.member not in recused}
    count = sum(seat.member in there for seat in voting)
    least = rule.share * len(base)
    needed = max(1, -(-least.numerator // least.denominator))
    lines = [
        Line(
            "share",
            bool(base) and count >= needed,
            Words(
                f"{count} trên {len(base)} thành viên, cần {needed}", f"{count} of {len(base)} members, {needed} needed"
            ),
        )
    ]
    lines += [_need(need, seats, there, recused) for need in rule.needs]
    if rule.reviews and reviewed is not None:
        lines.append(_reviews(seats, recused, reviewed))
    return Quorum(all(line.met for line in lines), count, needed, len(base), tuple(lines), rule.article)


def _need(need: Need, seats: Sequence[Seat], there: Collection[str], recused: Collection[str]) -> Line:
    """A role that nobody can fill because of a recusal is missing all the same: somebody has to be appointed."""
    holding = [seat.member for seat in seats if seat.role in need.roles]
    least = len(holding) if need.all_of else need.least
    found = sum(member in there for member in holding)
    names_vi = " hoặc ".join(ROLES[role].vi.lower() for role in need.roles)
    names_en = " or ".join(ROLES[role].en.lower() for role in need.roles)
    return Line(
        "role", bool(holding) and found >= max(1, least),
        Words(f"Có {names_vi}: {found}, cần {max(1, least)}", f"With {names_en}: {found}, {max(1, least)} needed"),
    )  # fmt: skip


def _reviews(seats: Sequence[Seat], recused: Collection[str], reviewed: Collection[str]) -> Line:
    owing = [seat.member for seat in seats if seat.role == "reviewer" and seat.member not in recused]
    there = sum(member in reviewed for member in owing)
    return Line(
        "reviews", bool(owing) and there == len(owing),
        Words(f"Ý kiến phản biện: {there} trên {len(owing)}", f"Reviewers' comments: {there} of {len(owing)}"),
    )  # fmt: skip
