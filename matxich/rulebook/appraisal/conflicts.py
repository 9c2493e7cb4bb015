"""Signs that a council member has an interest in a case: found in data, each with its reason, for a person to clear.

Nothing here decides that somebody is partial. A sign shuts the case to the member until it was confirmed or cleared;
so does an identity that nobody could settle: unknown is not no.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matxich.rulebook.law.facts import Words
from matxich.rulebook.vietnamese.names import company_key
from matxich.rulebook.vietnamese.text import fold, squeeze

VERSION = "appraisal-conflicts-1"

CATEGORIES: Mapping[str, Words] = {
    "organisation": Words("Cùng cơ quan, đơn vị", "Same organisation"),
    "tax_code": Words("Cùng mã số thuế", "Same tax code"),
    "shareholding": Words("Có vốn góp, cổ phần", "Shareholding"),
    "address": Words("Cùng địa chỉ", "Same address"),
    "phone": Words("Cùng số điện thoại hoặc thư điện tử", "Same telephone or e-mail"),
    "contract": Words("Đã có hợp đồng với nhau", "Past contract"),
    "person": Words("Là người của đơn vị", "One of its people"),
    "family": Words("Người thân của người trong đơn vị", "Family of somebody in it"),
    "unresolved": Words("Chưa rõ có phải cùng một đơn vị", "Whether it is the same organisation is unsettled"),
    "other": Words("Lý do khác", "Other"),
}
CONTRACT_YEARS = 5
"""How far back a contract is looked at, in years before the year of the case."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Capital held in a company; `share` between 0 and 1, None when not known."""

    name: str
    tax_code: str = ""
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    name: str
    tax_code: str = ""
    year: int | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    name: str
    tax_code: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a member. Nothing known of where somebody works is a reason to ask."""

    name: str
    organisations: tuple[Organisation, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    holdings: tuple[Holding, ...] = ()
    contracts: tuple[Contract, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who stands to gain from the case: applicant, joint owner, beneficiary, consultant, seller."""

    role: str
    name: str
    tax_code: str = ""
    address: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    owners: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign. `party`: its name; `words` say what was compared with what."""

    category: str
    party: str
    words: Words


def signs(member: Known, parties: Sequence[Party], *, year: int) -> tuple[Sign, ...]:
    """Every sign, each once, in the order of CATEGORIES. `year`: the year of the case."""
    found = {(sign.category, sign.party): sign for party in reversed(parties) for sign in _of(member, party, year)}
    order = list(CATEGORIES)
    return tuple(sorted(found.values(), key=lambda sign: (order.index(sign.category), sign.party)))


def _of(member: Known, party: Party, year: int) -> Iterator[Sign]:
    yield from _organisations(member, party)
    yield from _money(member, party, year)
    yield from _contacts(member, party)
    if name_key(member.name) in {name_key(each) for each in party.people if each}:
        yield Sign("person", party.name, Words(
            f"Trùng tên với người của {party.name}", f"Has the name of one of the people of {party.name}"))  # fmt: skip


def _organisations(member: Known, party: Party) -> Iterator[Sign]:
    for own in member.organisations:
        if (same := _same(own.name, own.tax_code, party.name, party.tax_code)) is True:
            if own.tax_code and tax_key(own.tax_code) == tax_key(party.tax_code):
                yield Sign("tax_code", party.name, Words(
                    f"{own.name} và {party.name} cùng mã số thuế", f"{own.name} and {party.name} share a tax code"
                ))  # fmt: skip
            else:
                yield Sign("organisation", party.name, Words(f"Làm tại {own.name}", f"Works at {own.name}"))
        elif same is None:
            yield Sign("unresolved", party.name, Words(
                f"{own.name} và {party.name} trùng tên, chưa đủ mã số thuế để biết có phải một đơn vị",
                f"{own.name} and {party.name} share a name; a tax code to tell them apart is missing",
            ))  # fmt: skip
    if not any(each.name.strip() for each in member.organisations):
        yield Sign("unresolved", party.name, Words(
            "Chưa rõ ủy viên làm ở đâu", "Where the member works is not known"))  # fmt: skip


def _money(member: Known, party: Party, year: int) -> Iterator[Sign]:
    for held in member.holdings:
        if _same(held.name, held.tax_code, party.name, party.tax_code) is not False:
            yield Sign("shareholding", party.name, Words(
                f"Có vốn góp tại {held.name}", f"Holds capital in {held.name}"))  # fmt: skip
    for owner in party.owners:
        if name_key(owner.name) == name_key(member.name) or any(
            _same(owner.name, owner.tax_code, own.name, own.tax_code) is True for own in member.organisations
        ):
            yield Sign("shareholding", party.name, Words(
                f"{owner.name} góp vốn tại {party.name}", f"{owner.name} holds capital in {party.name}"))  # fmt: skip
    for each in member.contracts:
        recent = each.year is None or each.year >= year - CONTRACT_YEARS
        if recent and _same(each.name, each.tax_code, party.name, party.tax_code) is not False:
            what = each.subject or each.name
            yield Sign("contract", party.name, Words(
                f"Hợp đồng {each.year or ''} với {party.name}: {what}".replace("  ", " "),
                f"Contract {each.year or ''} with {party.name}: {what}".replace("  ", " "),
            ))  # fmt: skip


def _contacts(member: Known, party: Party) -> Iterator[Sign]:
    if _shared(member.phones, party.phones, phone_key) or _shared(member.emails, party.emails, fold):
        yield Sign("phone", party.name, Words(
            f"Trùng số điện thoại hoặc thư điện tử với {party.name}",
            f"Shares a telephone number or an e-mail address with {party.name}",
        ))  # fmt: skip
    if _shared(member.addresses, (party.address,), address_key):
        yield Sign(
            "address", party.name, Words(f"Trùng địa chỉ với {party.name}", f"Shares an address with {party.name}")
        )


def _same(name: str, tax: str, other_name: str, other_tax: str) -> bool | None:
    """The same organisation? Codes decide when both are there; equal names with a code missing: None, nobody knows."""
    if tax and other_tax:
        return tax_key(tax) == tax_key(other_tax)
    if not name.strip() or not other_name.strip() or company_key(name) != company_key(other_name):
        return False
    return True if not tax and not other_tax and fold(squeeze(name)) == fold(squeeze(other_name)) else None


def _shared(ours: Iterable[str], theirs: Iterable[str], key: Callable[[str], str]) -> bool:
    return bool({key(each) for each in ours if key(each)} & {key(each) for each in theirs if key(each)})


def tax_key(code: str) -> str:
    """The ten digits of the legal entity: a dependent unit is the same organisation."""
    return re.sub(r"\D", "", code)[:10]


def phone_key(number: str) -> str:
    """National digits: +84 and a leading zero are the same; anything too short to tell people apart is nothing."""
    digits = re.sub(r"\D", "", number).removeprefix("0084")
    digits = digits.removeprefix("84") if len(digits) > 9 and digits.startswith("84") else digits.removeprefix("0")
    return digits if len(digits) >= 8 else ""


def name_key(name: str) -> str:
    return fold(squeeze(name))


def address_key(address: str) -> str:
    """Letters and digits; an address that names no house or lot (no digit) is shared by a whole street."""
    text = " ".join(re.findall(r"\w+", fold(squeeze(address))))
    return text if any(each.isdigit() for each in text) and len(text.split()) >= 4 else ""
