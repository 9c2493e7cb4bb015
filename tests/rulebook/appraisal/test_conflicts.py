"""What counts as a sign of an interest, and what does not."""

from fractions import Fraction

import pytest

from matxich.rulebook.appraisal.conflicts import Contract, Holding, Known, Organisation, Party, signs

FIRM = Party(
    "applicant", "Công ty TNHH Đúc Mẫu", "0100233488", "Lô CN-7, KCN Mẫu, Phường An Dương",
    ("0225 123 4567",), ("Lien.He@duc-mau.test",), ("Ngô Thị Giám",),
    (Holding("Tập đoàn Mẹ Mẫu", "0100112437", Fraction(3, 10)),),
)  # fmt: skip


def known(**facts: object) -> Known:
    told: dict[str, object] = {
        "name": "Trần Văn Chấm",
        "organisations": (Organisation("Viện Cơ khí Mẫu", "0100686209"),),
    }
    return Known(**(told | facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"organisations": (Organisation("Tên khác", "0100233488-001"),)}, ["tax_code"]),
        ({"organisations": (Organisation("CÔNG TY TNHH ĐÚC MẪU", ""),)}, ["unresolved"]),
        ({"organisations": (Organisation("Công ty TNHH Đúc Mẫu", "0100686209"),)}, []),  # the codes say: two firms
        ({"organisations": ()}, ["unresolved"]),
        ({"organisations": (Organisation("", ""),)}, ["unresolved"]),
        ({"organisations": (Organisation("Tập đoàn Mẹ Mẫu", "0100112437"),)}, ["shareholding"]),
        ({"holdings": (Holding("Đúc Mẫu", "0100233488"),)}, ["shareholding"]),
        ({"holdings": (Holding("Công ty khác", "0100686209"),)}, []),
        ({"contracts": (Contract("Đúc Mẫu", "0100233488", 2021),)}, ["contract"]),
        ({"contracts": (Contract("Đúc Mẫu", "0100233488", 2020),)}, []),
        ({"contracts": (Contract("Đúc Mẫu", "0100233488", None),)}, ["contract"]),
        ({"phones": ("+84 225 1234567",)}, ["phone"]),
        ({"phones": ("113",)}, []),
        ({"emails": ("lien.he@duc-mau.test",)}, ["phone"]),
        ({"addresses": ("lô cn-7 khu? KCN Mẫu - phường An Dương",)}, []),
        ({"addresses": ("Lô CN-7,  KCN Mẫu, phường An Dương.",)}, ["address"]),
        ({"addresses": ("Phường An Dương",)}, []),
        ({"name": "ngô thị giám"}, ["person"]),
    ],
)
def test_signs(facts, found):
    assert [each.category for each in signs(known(**facts), [FIRM], year=2026)] == found


def test_a_party_without_a_code_is_told_apart_by_name_or_not_at_all():
    household = Party("beneficiary", "Hộ kinh doanh Mẫu Một")
    assert signs(known(), [household], year=2026) == ()
    same = known(organisations=(Organisation("Hộ kinh doanh Mẫu Một"),))
    assert [each.category for each in signs(same, [household], year=2026)] == ["organisation"]
    coded = known(organisations=(Organisation("Hộ kinh doanh Mẫu Một", "0100686209"),))
    assert [each.category for each in signs(coded, [household], year=2026)] == ["unresolved"]


def test_each_sign_once_and_in_order():
    one = known(
        organisations=(Organisation("A", "0100233488"), Organisation("B", "0100233488")), phones=("02251234567",),
        holdings=(Holding("Đúc Mẫu", "0100233488"), Holding("Đúc Mẫu", "0100233488")),
    )  # fmt: skip
    assert [each.category for each in signs(one, [FIRM, FIRM], year=2026)] == ["tax_code", "shareholding", "phone"]
    assert all(each.words.vi and each.words.en for each in signs(one, [FIRM], year=2026))
