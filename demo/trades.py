"""What invented firms make: each trade with its processes, machines, materials and products, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """One line of work and what a firm in it would write in a list."""

    vi: str
    en: str
    sector: str
    vsic: str
    processes: tuple[str, ...]
    machines: tuple[str, ...]
    materials: tuple[str, ...]
    products: tuple[str, ...]
    tolerance: tuple[str, ...]
    capacity: tuple[str, ...]
    size: tuple[int, int] = (12, 260)


MECHANICS, ELECTRONICS, VEHICLES, TEXTILES, FOOTWEAR, HIGH_TECH = (
    "Cơ khí chế tạo", "Điện tử", "Sản xuất, lắp ráp ô tô", "Dệt may", "Da giày", "Công nghiệp công nghệ cao",
)  # fmt: skip

TRADES = (
    Trade("Đúc áp lực", "Die Casting", VEHICLES, "24320",
          ("Đúc áp lực buồng nguội", "Gia công CNC", "Phun bi", "Thử kín"),
          ("9 máy đúc 350–1.250 tấn", "4 máy đúc 125–500 tấn", "6 máy đúc 250–800 tấn"),
          ("Nhôm ADC12", "Nhôm A380", "Kẽm ZAMAK 3"),
          ("Vỏ hộp số", "Vỏ bơm nước", "Tản nhiệt nhôm", "Giá đỡ động cơ"),
          ("±0,05 mm", "±0,03 mm", "±0,08 mm"), ("4.860 giờ máy/tháng", "350 tấn/năm", "120.000 chi tiết/tháng")),
    Trade("Cơ khí chính xác", "Precision Engineering", MECHANICS, "25920",
          ("Tiện CNC", "Phay CNC 5 trục", "Mài tròn", "Cắt dây EDM"),
          ("14 trung tâm gia công 3 trục", "2 máy phay 5 trục", "8 máy tiện CNC, 2 máy mài tròn"),
          ("Thép SCM440", "Thép SUS304", "Nhôm 6061"),
          ("Trục vít me", "Bạc lót", "Đồ gá kiểm tra", "Chi tiết máy đóng gói"),
          ("±0,01 mm", "±5 µm", "±0,02 mm"), ("7.200 giờ máy/tháng", "40.000 chi tiết/tháng")),
    Trade("Khuôn mẫu", "Mold and Die", MECHANICS, "25930",
          ("Làm khuôn ép nhựa", "Làm khuôn dập", "Xung điện EDM", "Đánh bóng khuôn"),
          ("5 máy xung, 3 máy cắt dây", "2 trung tâm phay cao tốc", "1 máy đo tọa độ CMM"),
          ("Thép NAK80", "Thép SKD61", "Thép SKD11"),
          ("Khuôn ép nhựa hai màu", "Khuôn dập liên hoàn", "Khuôn đúc áp lực"),
          ("±0,01 mm", "±0,005 mm"), ("18 bộ khuôn/năm", "60 bộ khuôn/năm"), (9, 120)),
    Trade("Nhựa kỹ thuật", "Engineering Plastics", ELECTRONICS, "22209",
          ("Ép phun nhựa", "Hàn siêu âm", "In lụa", "Sơn phủ"),
          ("22 máy ép 50–350 tấn", "35 máy ép 80–650 tấn", "12 máy ép 30–180 tấn"),
          ("PA66-GF30", "PC/ABS", "POM", "PBT"),
          ("Vỏ thiết bị điện tử", "Giá đỡ mạch điều khiển", "Bánh răng nhựa", "Đầu nối"),
          ("±0,05 mm", "±0,1 mm"), ("2 triệu chi tiết/tháng", "450 tấn/năm"), (24, 380)),
    Trade("Dập kim loại", "Metal Stamping", VEHICLES, "25910",
          ("Dập liên hoàn", "Dập vuốt", "Hàn điểm", "Ta rô tự động"),
          ("18 máy dập 45–300 tấn", "6 máy dập 110–600 tấn", "10 máy dập cao tốc 40 tấn"),
          ("Thép SPCC", "Thép SECC", "Đồng C1100", "Inox 304"),
          ("Tấm tản nhiệt dập nguội", "Bát đỡ thân xe", "Lá tiếp điểm", "Vỏ mô tơ"),
          ("±0,05 mm", "±0,08 mm"), ("1,2 triệu chi tiết/tháng", "5.000 tấn/năm"), (30, 420)),
    Trade("Xử lý bề mặt", "Surface Treatment", MECHANICS, "25920",
          ("Mạ kẽm", "Mạ niken", "Anod hóa", "Sơn tĩnh điện"),
          ("2 dây chuyền mạ treo", "1 dây chuyền anod tự động", "1 dây chuyền sơn tĩnh điện"),
          ("Thép", "Nhôm", "Đồng thau"),
          ("Gia công mạ chi tiết", "Anod vỏ nhôm", "Sơn khung máy"),
          ("5–25 µm", "8–12 µm"), ("600 tấn/năm", "12.000 m²/tháng"), (15, 160)),
    Trade("Nhiệt luyện", "Heat Treatment", MECHANICS, "25920",
          ("Tôi cao tần", "Thấm carbon", "Thấm nitơ", "Ram chân không"),
          ("3 lò chân không", "2 lò thấm carbon liên tục", "1 máy tôi cao tần 200 kW"),
          ("Thép SCM415", "Thép S45C", "Thép SKD11"),
          ("Nhiệt luyện trục", "Nhiệt luyện khuôn", "Nhiệt luyện bánh răng"),
          ("±2 HRC", "±3 HRC"), ("90 tấn/tháng", "240 tấn/tháng"), (12, 90)),
    Trade("Cao su kỹ thuật", "Technical Rubber", VEHICLES, "22190",
          ("Ép lưu hóa", "Đùn cao su", "Dán cao su kim loại"),
          ("16 máy ép lưu hóa", "2 dây chuyền đùn", "1 máy luyện kín 75 lít"),
          ("EPDM", "NBR", "Silicone"),
          ("Gioăng cửa", "Phớt chắn dầu", "Cao su giảm chấn"),
          ("±0,2 mm", "±0,15 mm"), ("900.000 chi tiết/tháng", "1.100 tấn/năm"), (28, 240)),
    Trade("Dây điện và bộ dây", "Wire Harness", VEHICLES, "27320",
          ("Cắt, bấm đầu cốt tự động", "Lắp bộ dây", "Kiểm tra thông mạch"),
          ("24 máy cắt bấm tự động", "60 bàn lắp", "18 bàn kiểm tra"),
          ("Dây AVSS", "Dây UL1007", "Đầu cốt đồng"),
          ("Bộ dây ô tô", "Bộ dây máy in", "Cáp tín hiệu"),
          ("±1 mm", "±2 mm"), ("180.000 bộ/tháng", "65.000 bộ/tháng"), (60, 620)),
    Trade("Lắp ráp điện tử", "Electronics Assembly", ELECTRONICS, "26100",
          ("SMT", "Hàn sóng", "Kiểm tra AOI", "Phủ bảo vệ bo mạch"),
          ("4 dây chuyền SMT", "2 máy hàn sóng", "3 máy AOI"),
          ("FR-4", "CEM-3", "Thiếc hàn không chì"),
          ("Bo mạch điều khiển", "Nguồn xung", "Mô đun LED"),
          ("Chip 0201", "Chip 0402"), ("25 triệu điểm hàn/ngày", "300.000 bo/tháng"), (40, 520)),
    Trade("Bao bì kỹ thuật", "Technical Packaging", ELECTRONICS, "17021",
          ("In offset", "Bế hộp", "Ép định hình EPE"),
          ("2 máy in 5 màu", "4 máy bế tự động", "3 máy cắt EPE"),
          ("Giấy duplex", "Xốp EPE", "Màng PE chống tĩnh điện"),
          ("Hộp thiết bị", "Khay định hình", "Túi chống tĩnh điện"),
          ("±0,5 mm", "±1 mm"), ("3 triệu hộp/tháng", "800 tấn/năm"), (20, 210)),
    Trade("Sợi và vải kỹ thuật", "Technical Textiles", TEXTILES, "13110",
          ("Kéo sợi", "Dệt kim", "Nhuộm hoàn tất"),
          ("12.000 cọc sợi", "46 máy dệt kim tròn", "8 máy nhuộm"),
          ("Sợi polyester tái chế", "Sợi cotton", "Sợi spandex"),
          ("Vải dệt kim", "Sợi chập", "Vải lót giày"),
          ("Ne 20–40", "150–300 g/m²"), ("280 tấn/tháng", "900.000 m/tháng"), (50, 480)),
    Trade("Phụ liệu giày", "Footwear Components", FOOTWEAR, "15200",
          ("Ép đế", "Cắt da tự động", "Thêu vi tính"),
          ("10 máy ép đế", "6 máy cắt tự động", "20 máy thêu"),
          ("TPU", "EVA", "Da bò thuộc"),
          ("Đế giày", "Miếng lót", "Quai giày"),
          ("±0,5 mm", "±0,3 mm"), ("600.000 đôi/tháng", "220.000 đôi/tháng"), (35, 360)),
    Trade("Thiết bị tự động", "Automation Equipment", HIGH_TECH, "28290",
          ("Thiết kế máy", "Lắp ráp tự động hóa", "Lập trình PLC", "Tích hợp thị giác máy"),
          ("Xưởng lắp 2.400 m²", "6 trung tâm gia công", "1 máy đo laser"),
          ("Nhôm định hình", "Thép SS400", "Inox 304"),
          ("Máy kiểm tra ngoại quan", "Băng tải thông minh", "Rô bốt gắp đặt"),
          ("±0,02 mm", "±0,05 mm"), ("40 máy/năm", "15 dây chuyền/năm"), (14, 130)),
)  # fmt: skip

FIRST = ("Lam", "Thạch", "Nguyệt", "Sao", "Vân", "Trúc", "Hoài", "Kiều", "Đông", "Bích", "Hạc", "Ngàn", "Mộc", "Yên",
         "Thanh", "Trường", "Phong", "Lạc", "Tường", "Quỳnh", "Đại", "Xuân", "Hải", "Tùng")  # fmt: skip
SECOND = ("Sơn", "Kiều", "Viên", "Khuê", "Đài", "Lâm", "Giang", "Dương", "Ngạn", "Sa", "Lĩnh", "Châu", "Khê", "Bình",
          "Thủy", "Quang", "Đường", "Hoa", "Trì", "Vũ")  # fmt: skip
THIRD = ("Hạ", "Bắc", "Thượng", "Việt", "Long", "Tâm", "Phát", "Nam", "Anh", "Minh", "Đức", "Hưng")
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý")
MIDDLES = ("Văn", "Thị", "Quốc", "Minh", "Thu", "Đức", "Ngọc", "Hữu", "Thanh")
GIVEN = ("Mẫu", "Thử", "Giả", "Ví", "Dụ", "Phỏng", "Mô", "Nháp")
CERTIFICATES = (
    "ISO 9001:2015",
    "ISO 14001:2015",
    "IATF 16949:2016",
    "ISO 45001:2018",
    "UL 94",
    "RoHS",
    "ISO 13485:2016",
)
CUSTOMERS = (
    "Ô tô Đại Ngàn",
    "Điện gia dụng Kitano Việt Nam",
    "Điện tử Hanseo Việt Nam",
    "Máy nông nghiệp Cửu Long Xanh",
    "Xe máy Bạch Mã",
    "Thiết bị in Morita",
)
