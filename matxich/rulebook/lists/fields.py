"""What a column of an enterprise list can say: the catalogue of fields and the headers they go by."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from matxich.rulebook.vietnamese.text import words

Kind = Literal[
    "text", "name", "tax_code", "address", "integer", "number", "money", "percent", "year",
    "list", "email", "phone", "url", "note", "skip",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a list can say about an enterprise. Labels are Vietnamese and English source texts.

    `headers`: how lists call it; "=" matches only as the whole header, "~" only suggests.
    `many`: several columns, or several values of one cell, may all be true. `personal`: personal data.
    """

    code: str
    label: str
    label_en: str
    kind: Kind
    headers: tuple[str, ...]
    many: bool = False
    personal: bool = False


def _field(code: str, label: str, label_en: str, kind: Kind, headers: str, flags: str = "") -> Field:
    known = tuple(header.strip() for header in headers.split(";"))
    return Field(code, label, label_en, kind, known, "many" in flags, "personal" in flags)


FIELDS: tuple[Field, ...] = (
    _field("order_number", "Số thứ tự", "Row number", "skip", "=STT; =TT; =Số TT; Số thứ tự; =No; =#; =Stt."),
    # What our own workbook of rejected rows adds to the sender's columns, in both languages it is written in.
    _field(
        "sent_sheet", "Trang trong tệp đã gửi", "Sheet in the file sent", "skip",
        "=Trang trong tệp đã gửi; =Sheet in the file sent",
    ),
    _field(
        "sent_row", "Dòng trong tệp đã gửi", "Row in the file sent", "skip",
        "=Dòng trong tệp đã gửi; =Row in the file sent",
    ),
    _field(
        "rejected_because", "Lý do không nhận", "Why it was not taken in", "skip",
        "=Lý do không nhận; =Why it was not taken in",
    ),
    _field("to_correct", "Cần làm gì", "What to do", "skip", "=Cần làm gì; =What to do"),
    _field(
        "row_code", "Mã dòng (giữ nguyên)", "Row code (keep)", "skip",
        "=Mã dòng (giữ nguyên); =Row code (keep)",
    ),
    _field(
        "name", "Tên doanh nghiệp", "Name", "name",
        "Tên doanh nghiệp; Tên công ty; Tên đơn vị; Tên cơ sở; Tên DN; Tên cty; Tên tổ chức; Tên nhà máy; Tên HTX;"
        "Tên hợp tác xã; Tên nhà cung cấp; Tên cơ sở CNNT; Tên chủ đầu tư; Tên tiếng Việt; Tên nhà đầu tư;"
        "=Doanh nghiệp; =Công ty; =Đơn vị; =Cơ sở; =Tên; =DN; =Nhà cung cấp; =Nhà máy; =Tổ chức; =Tên gọi;"
        "=Đơn vị thụ hưởng; =Doanh nghiệp, cơ sở; =Cơ sở sản xuất; =Tên cơ sở sản xuất; =Tên đăng ký;"
        "Company name; Enterprise name; Supplier name; Factory name; Facility name; Organisation name; Business name;"
        "=Name; =Company; =Enterprise; =Supplier; =Factory; =Name vi; =organName; =organ name; =Vietnamese name;"
        "~Tên doanh nghiệp, địa chỉ",
    ),
    _field(
        "name_en", "Tên tiếng Anh", "English name", "name",
        "Tên tiếng Anh; Tên giao dịch quốc tế; Tên nước ngoài; Tên viết bằng tiếng nước ngoài; English name;"
        "=Name en;"
        "Tên công ty bằng tiếng Anh; Tên doanh nghiệp bằng tiếng Anh; Name in English; Tên quốc tế; =organ name en",
    ),
    _field(
        "name_short", "Tên viết tắt", "Short name", "name",
        "Tên viết tắt; Tên giao dịch; =Viết tắt; Short name; Abbreviation; =organShortName; organ short name;"
        "Tên ngắn",
    ),
    _field("name_former", "Tên cũ", "Former name", "name", "Tên cũ; Tên trước đây; Former name; Old name", "many"),
    _field("name_ja", "Tên tiếng Nhật", "Japanese name", "name", "Tên tiếng Nhật; =Name ja; Japanese name"),
    _field("name_ko", "Tên tiếng Hàn", "Korean name", "name", "Tên tiếng Hàn; =Name ko; Korean name"),
    _field(
        "tax_code", "Mã số thuế", "Tax code", "tax_code",
        "Mã số thuế; MST; MSDN; Mã số doanh nghiệp; Mã số DN; Mã doanh nghiệp; Mã DN; Mã thuế; Mã số ĐKKD;"
        "Số đăng ký kinh doanh; Số ĐKKD; Mã số đăng ký kinh doanh; Tax code; Tax ID; Tax no; Tax number; VAT code;"
        "Enterprise code; Business code; Business registration number; Registration no; ~Mã số; MST/MSDN; MST DN",
    ),
    _field(
        "address", "Địa chỉ trụ sở", "Head office address", "address",
        "Địa chỉ; Địa chỉ trụ sở; Địa chỉ trụ sở chính; Trụ sở; Trụ sở chính; Đ/c; =Đc; Địa điểm; Nơi đăng ký;"
        "Địa chỉ đăng ký; Address; Head office; Head office address; Registered address; =Addr; Location",
        "many",
    ),
    _field(
        "site_address", "Địa chỉ nơi sản xuất", "Factory address", "address",
        "Địa chỉ nhà máy; Địa chỉ nơi sản xuất; Địa chỉ sản xuất; Địa điểm sản xuất; Nơi sản xuất; =Nhà xưởng;"
        "Địa chỉ nhà xưởng; Địa chỉ xưởng; Địa chỉ cơ sở sản xuất; Địa điểm thực hiện; Địa điểm thực hiện dự án;"
        "Vị trí nhà máy; Factory address; Plant address; Site address; Production address; Trụ sở nhà máy",
        "many",
    ),
    _field(
        "province", "Tỉnh, thành phố", "Province", "text",
        "=Tỉnh; Tỉnh/Thành phố; Tỉnh thành; Tỉnh, TP; =Tỉnh TP; Province; =City; =Địa phương; =Thành phố;"
        "=Province 2025; =Tên tỉnh; =Mã tỉnh; Province/City; Địa bàn",
    ),
    _field(
        "district", "Quận, huyện (trước 01/7/2025)", "District (before 01/07/2025)", "text",
        "=Huyện; Quận/Huyện; Quận huyện; =Quận; Huyện/Thị xã; =Thị xã; District; Huyện, thị xã, thành phố; Huyện/TP;"
        "Huyện, thành phố; Quận/Huyện/Thị xã",
    ),
    _field(
        "commune", "Phường, xã", "Commune", "text",
        "=Xã; Phường/Xã; Xã/Phường; =Phường; Phường xã; Xã phường; Xã, phường, thị trấn; Ward; Commune; Xã/TT",
    ),
    _field(
        "zone", "Khu, cụm công nghiệp", "Industrial zone or cluster", "text",
        "KCN; CCN; Khu công nghiệp; Cụm công nghiệp; KCN/CCN; Khu/Cụm công nghiệp; KCN, CCN; Khu kinh tế; KKT;"
        "Tên KCN; Tên khu công nghiệp; Industrial park; Industrial zone; Khu chế xuất; Name as mapped",
    ),
    _field("lot", "Lô đất", "Lot", "text", "=Lô; Lô đất; Số lô; Lot; Plot; Lô số"),
    _field("country", "Nước", "Country", "text", "=Nước; =Quốc gia; Country; =Country code"),
    _field("latitude", "Vĩ độ", "Latitude", "number", "Vĩ độ; Latitude; =Lat; Tọa độ vĩ độ"),
    _field("longitude", "Kinh độ", "Longitude", "number", "Kinh độ; Longitude; =Lon; =Lng; =Long"),
    _field(
        "legal_form", "Loại hình doanh nghiệp", "Legal form", "text",
        "Loại hình doanh nghiệp; Loại hình; Loại hình DN; Hình thức pháp lý; Loại DN; Legal form; Loại hình tổ chức;"
        "Thành phần kinh tế; Company type; Loại hình kinh tế; Hình thức sở hữu; Ownership",
    ),
    _field(
        "investor_country", "Nước đầu tư", "Investor's country", "list",
        "Nước đầu tư; Quốc tịch nhà đầu tư; Quốc tịch; Quốc gia đầu tư; Đối tác nước ngoài; Xuất xứ vốn; Nguồn vốn;"
        "Nước chủ đầu tư; Investor country; Country of origin; Quốc tịch chủ đầu tư",
        "many",
    ),
    _field(
        "foreign_share", "Tỷ lệ vốn nước ngoài", "Foreign ownership share", "percent",
        "Vốn nước ngoài; Vốn nước ngoài (%); Tỷ lệ vốn nước ngoài; % vốn nước ngoài; Tỷ lệ sở hữu nước ngoài;"
        "Vốn FDI; Tỷ lệ vốn FDI; Foreign share; Foreign ownership; Foreign capital; Tỷ lệ nước ngoài",
    ),
    _field(
        "industries", "Ngành nghề", "Line of business", "list",
        "Ngành nghề; Ngành nghề kinh doanh; Ngành nghề KD; Ngành nghề sản xuất; Ngành nghề kinh doanh chính;"
        "Ngành nghề chính; Ngành, nghề; Ngành sản xuất; Ngành KD; Ngành kinh doanh; Business line;"
        "Business activities;"
        "Line of business; Industry; =icbName; icb name; Mục tiêu hoạt động; Ngành kinh tế; ~Ngành; Nghề;"
        "Main business",
        "many",
    ),
    _field(
        "vsic", "Mã ngành (VSIC)", "Industry code (VSIC)", "list",
        "Mã ngành; Mã ngành nghề; Mã VSIC; VSIC; Mã ngành cấp 4; Mã ngành kinh tế; Industry code; Mã ngành (VSIC);"
        "VSIC code; Mã ngành chính; ISIC; ~Ngành nghề; ~Ngành; ~Ngành nghề kinh doanh; Ngành nghề/Mã ngành",
        "many",
    ),
    _field("hs", "Mã HS", "HS code", "list", "Mã HS; HS code; Mã số HS; =HS", "many"),
    _field(
        "sectors", "Lĩnh vực", "Sector", "list",
        "Lĩnh vực; Lĩnh vực hoạt động; Lĩnh vực sản xuất; Lĩnh vực CNHT; Nhóm ngành; Lĩnh vực ưu tiên; Sector;"
        "Ngành CNHT; Ngành công nghiệp hỗ trợ; Field; Lĩnh vực kinh doanh; Lĩnh vực SXKD; Lĩnh vực sản xuất chính",
        "many",
    ),
    _field(
        "products", "Sản phẩm", "Products", "list",
        "Sản phẩm; Sản phẩm chính; Sản phẩm chủ yếu; Sản phẩm (chính); Tên sản phẩm; Mặt hàng; Sản phẩm, dịch vụ;"
        "Mặt hàng sản xuất; Linh kiện; Sản phẩm CNHT; Sản phẩm chủ lực; Products; Main products; Product type;"
        "Product;"
        "Linh phụ kiện; Sản phẩm cung cấp; Chủng loại sản phẩm; Sản phẩm sản xuất",
        "many",
    ),
    _field(
        "processes", "Công đoạn, quy trình", "Processes", "list",
        "Công đoạn; Công đoạn sản xuất; Quy trình; Quy trình sản xuất; Năng lực; Công nghệ; Công nghệ sản xuất;"
        "Công nghệ gia công; Năng lực gia công; Phương pháp gia công; Năng lực công nghệ; Process; Processes;"
        "Capability; Capabilities; Facility type; Processing type; Công đoạn gia công; Quy trình công nghệ",
        "many",
    ),
    _field(
        "materials", "Vật liệu", "Materials", "list",
        "Vật liệu; Nguyên vật liệu; Nguyên liệu; Vật liệu gia công; Vật liệu sử dụng; NVL; Materials; Material;"
        "Raw materials; Nguyên liệu chính",
        "many",
    ),
    _field(
        "machines", "Máy móc thiết bị", "Machines", "list",
        "Máy móc thiết bị; Máy móc; Thiết bị; Máy móc, thiết bị; Thiết bị chính; Máy móc chính; MMTB; Machines;"
        "Equipment; Machinery; Danh mục máy móc; Dây chuyền; Máy móc thiết bị chính",
        "many",
    ),
    _field(
        "tolerance", "Dung sai", "Tolerance", "text",
        "Dung sai; Độ chính xác; Cấp chính xác; Tolerance; Accuracy",
    ),
    _field(
        "capacity", "Công suất", "Capacity", "text",
        "Công suất; Năng lực sản xuất; Sản lượng; Công suất thiết kế; Quy mô sản xuất; Capacity; Output;"
        "Sản lượng năm;"
        "Năng suất; Công suất/năm; Production capacity",
        "many",
    ),
    _field(
        "certificates", "Chứng chỉ, hệ thống quản lý", "Certificates", "list",
        "Chứng chỉ; Chứng nhận; Hệ thống quản lý; Hệ thống quản lý chất lượng; Chứng chỉ chất lượng; HTQLCL; HTQL;"
        "Giấy chứng nhận chất lượng; Tiêu chuẩn; Tiêu chuẩn chất lượng; Certificates; Certificate; Certifications;"
        "Certification; Quản lý chất lượng; ISO; Chứng chỉ ISO; Chứng nhận ISO; Tiêu chuẩn áp dụng;"
        "Quality standards",
        "many",
    ),
    _field(
        "customers", "Khách hàng", "Customers", "list",
        "Khách hàng; Khách hàng chính; Khách hàng lớn; Khách hàng hiện tại; Customers; Main customers; Clients;"
        "Customer;"
        "Đối tác; Đối tác chính; Bên mua; Buyer; Đang cung cấp cho; Cung ứng cho",
        "many",
    ),
    _field(
        "markets", "Thị trường", "Markets", "list",
        "Thị trường; Thị trường xuất khẩu; Thị trường tiêu thụ; Nước xuất khẩu; Markets; Export markets;"
        "Xuất khẩu sang",
        "many",
    ),
    _field(
        "export_share", "Tỷ lệ xuất khẩu", "Export share", "percent",
        "Tỷ lệ xuất khẩu; % xuất khẩu; Tỷ trọng xuất khẩu; Export share; Export ratio; =Xuất khẩu (%)",
    ),
    _field(
        "workers", "Lao động", "Workers", "integer",
        "Lao động; Số lao động; Số LĐ; =LĐ; Tổng số lao động; Tổng lao động; Số lượng lao động; Quy mô lao động;"
        "Lao động tổng số; Số công nhân; Số nhân viên; Nhân sự; Số người lao động; Lao động (người); Quy mô nhân sự;"
        "Workers; Employees; Headcount; Number of workers; Number of employees; No of workers; Staff;"
        "Lao động bình quân",
    ),
    _field(
        "workers_women", "Lao động nữ", "Women workers", "integer",
        "Lao động nữ; Số lao động nữ; =Nữ; Trong đó nữ; Women workers; Female workers; LĐ nữ",
    ),
    _field(
        "workers_skilled", "Lao động kỹ thuật", "Skilled workers", "integer",
        "Lao động kỹ thuật; Kỹ sư; Lao động có tay nghề; Lao động qua đào tạo; Skilled workers; Engineers",
    ),
    _field(
        "revenue", "Doanh thu", "Revenue", "money",
        "Doanh thu; Tổng doanh thu; Doanh thu thuần; Doanh số; Doanh thu năm; ~DT; Revenue; Turnover; Sales;"
        "Annual revenue",
    ),
    _field(
        "export_value", "Kim ngạch xuất khẩu", "Export value", "money",
        "Kim ngạch xuất khẩu; Giá trị xuất khẩu; Doanh thu xuất khẩu; KNXK; Export value; Export turnover;"
        "Kim ngạch XK",
    ),
    _field(
        "charter_capital", "Vốn điều lệ", "Charter capital", "money",
        "Vốn điều lệ; VĐL; Vốn đăng ký; Vốn điều lệ đăng ký; Vốn ĐL; Charter capital; Registered capital; ~VĐT; ~Vốn;"
        "Vốn pháp định; ~Capital",
    ),
    _field(
        "investment_capital", "Vốn đầu tư", "Investment capital", "money",
        "Vốn đầu tư; Tổng vốn đầu tư; Tổng mức đầu tư; Vốn đầu tư đăng ký; Vốn thực hiện; Investment capital; ~VĐT;"
        "~Vốn; Total investment; Investment; ~Capital",
    ),
    _field("assets", "Tổng tài sản", "Total assets", "money", "Tổng tài sản; Tổng nguồn vốn; Total assets"),
    _field(
        "year_founded", "Năm thành lập", "Year founded", "year",
        "Năm thành lập; Năm TL; Ngày thành lập; Năm hoạt động; Năm bắt đầu hoạt động; Năm đi vào hoạt động; Ngày cấp;"
        "Năm cấp phép; Ngày cấp phép; Ngày hoạt động; Year founded; Founded; Year established; Established;"
        "Foundation year",
    ),
    _field(
        "licence", "Số giấy chứng nhận", "Licence number", "text",
        "Số giấy phép; Giấy phép; Số GCN; Giấy chứng nhận đầu tư; Số GCNĐT; GCNĐKĐT; Số giấy chứng nhận đầu tư; GPKD;"
        "Giấy phép kinh doanh; Mã dự án; Số giấy chứng nhận; Giấy chứng nhận đăng ký đầu tư; Licence; License",
        "many",
    ),
    _field(
        "contact_person", "Người liên hệ", "Contact person", "text",
        "Người liên hệ; Họ tên người liên hệ; Đầu mối liên hệ; Cán bộ đầu mối; Người liên lạc; Contact person;"
        "Contact name; =Contact; =Liên hệ; Họ và tên; Họ tên; Đầu mối; Tên người liên hệ; Cán bộ liên hệ",
        "many personal",
    ),
    _field(
        "representative", "Người đại diện", "Legal representative", "text",
        "Người đại diện; Đại diện pháp luật; Người đại diện pháp luật; Người đại diện theo pháp luật; Giám đốc;"
        "Chủ doanh nghiệp; Chủ cơ sở; Đại diện; Legal representative; Director; Representative; Chủ DN; Chủ hộ;"
        "Lãnh đạo",
        "personal",
    ),
    _field("position", "Chức vụ", "Position", "text", "Chức vụ; Chức danh; Position; Title", "many personal"),
    _field(
        "phone", "Điện thoại", "Phone", "phone",
        "Điện thoại; Số điện thoại; ĐT; SĐT; Điện thoại liên hệ; Số ĐT; Di động; Tel; Phone; Telephone; Mobile;"
        "Hotline;"
        "Phone number; Điện thoại/Fax; Đt liên hệ; Zalo; Tel/Fax",
        "many personal",
    ),
    _field("fax", "Fax", "Fax", "phone", "Fax; Số fax; Fax number", "many"),
    _field(
        "email", "Thư điện tử", "Email", "email",
        "Email; E-mail; Thư điện tử; Địa chỉ email; Hộp thư; Mail; Thư ĐT",
        "many personal",
    ),
    _field(
        "website", "Trang web", "Website", "url",
        "Website; Web; Trang web; Trang thông tin điện tử; Địa chỉ website; URL; Web site; Homepage",
        "many",
    ),
    _field(
        "land_area", "Diện tích", "Area", "text",
        "Diện tích; Diện tích đất; Diện tích nhà xưởng; Diện tích (m2); Area; Diện tích (ha)",
    ),
    _field(
        "status", "Tình trạng hoạt động", "Status", "text",
        "Tình trạng; Tình trạng hoạt động; Trạng thái; Hiện trạng; Tình hình hoạt động; Status; Operating status",
    ),
    _field(
        "stock_code", "Mã chứng khoán", "Stock code", "text",
        "Mã chứng khoán; Mã CK; Ticker; Stock code; Symbol; Mã cổ phiếu",
    ),
    _field(
        "external_id", "Mã ở danh sách gốc", "Identifier in the source", "text",
        "=ID; =rid; os id; oar id; Mã hồ sơ; Mã số hồ sơ; Mã KH; Mã khách hàng; Facility id; Source id;"
        "Mã nhà cung cấp; Supplier code",
        "many",
    ),
    _field(
        "note", "Ghi chú", "Note", "note",
        "Ghi chú; Chú thích; Ý kiến; Nhận xét; Thông tin khác; Note; Notes; Remark; Remarks; Comment; Comments; Khác",
        "many",
    ),
)  # fmt: skip

BY_CODE: dict[str, Field] = {field.code: field for field in FIELDS}
NAMES = ("name", "name_en", "name_short", "name_ja", "name_ko")

type _Known = tuple[str, float, bool]  # field, weight, only as the whole header
type Index = dict[tuple[str, ...], list[_Known]]
_LONGEST = 8


def header_index(named: Iterable[tuple[str, tuple[str, ...]]]) -> Index:
    """What `match_header` looks headers up in: (code, headers it goes by, marked as in Field)."""
    index: Index = {}
    for code, headers in named:
        for header in headers:
            tokens = tuple(words(header)) or (header.strip("=~"),)
            index.setdefault(tokens, []).append((code, 0.55 if header[0] == "~" else 1.0, header[0] in "=~"))
    return index


_INDEX = header_index((field.code, field.headers) for field in FIELDS)


@lru_cache(maxsize=4096)
def header_fields(header: str) -> tuple[tuple[str, float], ...]:
    """Fields a header may mean, best first, each with a weight of at most 1: (("tax_code", 1.0), …)."""
    return match_header(header, _INDEX)


def match_header(header: str, index: Index) -> tuple[tuple[str, float], ...]:
    """Codes of an index that a header may mean, best first, each with a weight of at most 1.

    A synonym inside a longer header counts by how much of it it covers, more when it comes first,
    where Vietnamese puts the noun ("Số điện thoại người liên hệ" is a phone).
    """
    tokens = tuple(words(header)) or ((header.strip(),) if header.strip() == "#" else ())
    found: dict[str, float] = {}
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + _LONGEST, len(tokens)) + 1):
            for code, weight, whole in index.get(tokens[start:end], ()):
                score = _covered(start, end, len(tokens))
                if score == 1.0 or not whole:
                    found[code] = max(found.get(code, 0.0), weight * score)
    return tuple(sorted(found.items(), key=lambda item: -item[1]))


def _covered(start: int, end: int, total: int) -> float:
    if end - start == total:
        return 1.0
    return 0.35 + 0.4 * (end - start) / total + (0.15 if start == 0 else 0.0)
