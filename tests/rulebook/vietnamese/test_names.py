"""Names of enterprises as lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxich.rulebook.vietnamese.names import ABBREVIATIONS, company_key, expand, legal_form
from matxich.rulebook.vietnamese.text import fold

CORES = st.lists(st.sampled_from(["Cơ khí", "Đại Dương", "Minh Phát", "SX", "TMDV", "Á Châu", "VN"]), min_size=1).map(
    " ".join
)


@pytest.mark.parametrize(
    ("name", "key", "form"),
    [
        ("Công ty TNHH Cơ khí ABC", "co khi abc", "llc"),
        ("Cty CP SX-TM & DV Hoàng Long", "san xuat thuong mai dich vu hoang long", "jsc"),
        ("CTCP Đầu tư và Phát triển Máy VN", "dau tu phat trien may viet nam", "jsc"),
        ("CÔNG TY TNHH MTV ĐTPT Sao Mai", "dau tu phat trien sao mai", "llc_single"),
        ("C.ty TNHH Gia công CNC Minh Phát", "gia cong cnc minh phat", "llc"),
        ("T.N.H.H Một thành viên Thép Việt", "thep viet", "llc_single"),
        ("Công ty TNHH Hai thành viên trở lên XNK Á Châu", "xuat nhap khau a chau", "llc"),
        ("ABC Vietnam Co., Ltd.", "abc viet nam", "llc"),
        ("ABC VIETNAM COMPANY LIMITED", "abc viet nam", "llc"),
        ("ABC Vietnam Pte. Ltd", "abc viet nam", "llc"),
        ("Bosch Vietnam Single Member LLC", "bosch viet nam", "llc_single"),
        ("XYZ Joint Stock Company", "xyz", "jsc"),
        ("Seyang J.S.C", "seyang", "jsc"),
        ("Seyang Corp.", "seyang", ""),
        ("Tổng Công ty May 10 - CTCP", "tong cong ty may 10", "jsc"),
        ("TCT CP May 10", "tong cong ty may 10", "jsc"),
        ("Tổng công ty cổ phần May 10", "tong cong ty may 10", "jsc"),
        ("Everpia Jointstock Company", "everpia", "jsc"),
        ("Hualida (Vietnam) Garments Limited Company", "hualida viet nam garments", "llc"),
        ("Công ty Cổ phần Chăn nuôi C.P. Việt Nam", "chan nuoi cp viet nam", "jsc"),
        ("Công ty TNHH PLC Việt Nam", "plc viet nam", "llc"),
        ("Công ty CP THT", "tht", "jsc"),
        ("THT Rau sạch", "rau sach", "cooperative_group"),
        ("HTX Cơ khí Thành Công", "co khi thanh cong", "cooperative"),
        ("Liên hiệp HTX Miền Tây", "mien tay", "cooperative_union"),
        ("Hộ kinh doanh Hòa Phát", "hoa phat", "household"),
        ("DNTN Tiến Phát", "tien phat", "sole"),
        ("Công ty hợp danh Luật Á", "luat a", "partnership"),
        ("Chi nhánh Công ty TNHH ABC tại Hưng Yên", "chi nhanh abc hung yen", "branch"),
        ("Công ty TNHH ABC - Chi nhánh Hưng Yên", "chi nhanh abc hung yen", "branch"),
        ("CN Cty TNHH ABC", "chi nhanh abc", "branch"),
        ("VPĐD Samsung tại Hà Nội", "van phong dai dien samsung ha noi", "office"),
        ("Địa điểm kinh doanh số 2", "dia diem kinh doanh so 2", "location"),
        ("SXTMDV Bình Minh", "san xuat thuong mai dich vu binh minh", ""),
        ("Công ty TNHH", "cong ty trach nhiem huu han", "llc"),
        ("精密 Co., Ltd", "精密", "llc"),
        ("", "", ""),
    ],
)
def test_key_and_form(name: str, key: str, form: str) -> None:
    assert (company_key(name), legal_form(name)) == (key, form)


@pytest.mark.parametrize(
    ("text", "spelt_out"),
    [
        ("DT PT", "dau tu phat trien"),
        ("ĐTPT", "dau tu phat trien"),
        ("xnk", "xuat nhap khau"),
        ("Lô 5 KCN Thăng Long", "lo 5 khu cong nghiep thang long"),
        ("máy CNC", "may cnc"),
        ("CN Cty Sao Mai", "chi nhanh cong ty sao mai"),
        ("dầu tư", "dau tu"),
    ],
)
def test_expand(text: str, spelt_out: str) -> None:
    assert expand(text) == spelt_out


def test_spelling_out_ends() -> None:
    for long in ABBREVIATIONS.values():
        assert expand(long) == fold(long)


@given(CORES)
def test_one_enterprise_has_one_key(core: str) -> None:
    key = company_key(f"Công ty TNHH {core}")
    spellings = [
        f"{core} Co., Ltd",
        f"CTY CỔ PHẦN {core.upper()}",
        f"Cty TNHH MTV  {core}",
        fold(f"Công ty TNHH {core}"),
    ]
    assert {company_key(spelling) for spelling in spellings} == {key}
    assert company_key(key) == key


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert company_key(text) == company_key(fold(text))
    legal_form(text)
