"""A paper with one of everything, and readers of what the renderers made."""

import io
import zipfile
from datetime import date
from typing import Any

from matxich.documents.paper import (
    Appendix,
    Article,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
    plain,
)

NASTY = '#set page(fill: red) $x$ *đậm* <label> @ref \\ & <w:p> ]]> "quoted" =SUM(A1) {{ x }} {% y %}'


def decision(**changes: Any) -> Paper:
    told: dict[str, Any] = {
        "issuer": "Sở Công Thương Hải Phòng",
        "parent": "Ủy ban nhân dân thành phố Hải Phòng",
        "kind": "Quyết định",
        "number": 5,
        "symbol": "QĐ-SCT",
        "place": "Hải Phòng",
        "on": date(2026, 2, 5),
        "subject": "Về việc phê duyệt danh mục đề án được hỗ trợ kinh phí năm 2027",
        "authority": "Giám đốc Sở Công Thương",
        "bases": ("Căn cứ Nghị định số 111/2015/NĐ-CP;", "Theo đề nghị của Trưởng phòng"),
        "enacting": "Quyết định:",
        "blocks": (
            Heading("Quy định chung", level=1, label="Chương I"),
            Article(1, runs=plain(f"Phê duyệt 02 đề án. {NASTY}")),
            Article(2, title="Tổ chức thực hiện"),
            Heading("Kinh phí", label="1."),
            Table(
                (Column("TT", 1, "center"), Column("Đề án", 6), Column("Kinh phí", 3, "right")),
                (Row(("1", "Đúc áp lực (mẫu)", "620.000.000")), Row(("", "Cộng", "620.000.000"), True)),
                caption="Đơn vị tính: đồng",
            ),
            Paragraph((Run("Thủ trưởng ", bold=True), Run("các đơn vị thi hành Quyết định này."))),
        ),
        "signatures": (Signature("Phó Giám đốc", "Lê Hữu Mẫu", authority="KT. Giám đốc"),),
        "distribution": ("Như Điều 2", "Lưu: VT, QLCN."),
        "appendices": (
            Appendix("Danh mục đề án", (_long(),)),
            Appendix("Biểu ngang", (Paragraph(plain("Nội dung biểu.")),), landscape=True),
        ),
        "code": "7K2Q-91AV-44D8",
        "check_url": "https://matxich.example/xac-minh/7K2Q-91AV-44D8/",
    }
    return Paper(**told | changes)


def _long() -> Table:
    columns = (Column("TT", 1, "center"), Column("Đề án", 8), Column("Kinh phí", 3, "right"))
    return Table(columns, tuple(Row((str(at), f"Đề án số {at} (mẫu)", "1.000.000")) for at in range(1, 70)))


def letter(**changes: Any) -> Paper:
    told: dict[str, Any] = {
        "kind": "",
        "symbol": "SCT-QLCN",
        "number": 125,
        "subject": "trả hồ sơ đề án",
        "authority": "",
        "enacting": "",
        "bases": (),
        "addressees": ("Công ty Một Mẫu", "Công ty Hai Mẫu"),
        "blocks": (Paragraph(plain("Đề nghị bổ sung hồ sơ.")),),
        "appendices": (),
    }
    return decision(**told | changes)


def word_of(content: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(content))


def parts_of_word(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def pages_of(content: bytes) -> list[str]:
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
