"""What invented firms and people are called. Common parts come first: they are drawn by Zipf's law."""

FIRST = (
    *("Thạch", "Lam", "Nguyệt", "Vân", "Trúc", "Hoài", "Đông", "Bích", "Hạc", "Ngàn", "Mộc", "Yên", "Trường", "Phong"),
    *("Lạc", "Tường", "Quỳnh", "Đại", "Xuân", "Hải", "Tùng", "Sao", "Kiều", "Thanh", "Nhật", "Hồng", "Cát", "Diệp"),
    *("Tuệ", "Khải", "Nghi", "Thiên", "Uyên", "Sương", "Bách", "Hàn", "Lưu", "Dạ", "Tịnh", "Cẩm", "Vĩnh", "Triều"),
    *("Mạn", "Ý", "Thục", "Lương", "Nham", "Tử", "Quế", "Tuyền", "Hiên", "Ẩn", "Phù", "Mặc", "Doanh", "Chu"),
)
SECOND = (
    *("Sơn", "Viên", "Khuê", "Đài", "Lâm", "Giang", "Dương", "Ngạn", "Sa", "Lĩnh", "Châu", "Khê", "Bình", "Thủy"),
    *("Quang", "Đường", "Hoa", "Trì", "Vũ", "Kiều", "Hà", "Vân", "Thạch", "Ngân", "Tuyết", "Điền", "Phương", "Mai"),
    *("Trang", "Nguyên", "Hương", "Cương", "Đăng", "Bảo", "Trạch", "Cốc", "Loan", "Ký", "Nham", "Thụy", "Tâm", "Đàm"),
    *("Diên", "Khánh", "Lữ", "Tần", "Nghị", "Uyển", "Duyên", "Hoàn", "Bích", "Tích", "Sâm", "Vọng", "Chiêu", "Ân"),
)
THIRD = (
    *("Việt", "Phát", "Nam", "Long", "Bắc", "Minh", "Hưng", "Tâm", "Đức", "Anh", "Thượng", "Hạ", "Gia", "Tín"),
    *("Thịnh", "Á", "Lộc", "Khang", "Tân", "Trung", "Nguyên", "Cường", "Vinh", "Hòa", "Thành", "Tiến", "Toàn", "Kỳ"),
)
STEMS = (
    *("Kita", "Hano", "Mori", "Sai", "Lumi", "Vero", "Zeno", "Tako", "Nori", "Alva", "Doru", "Keno", "Rami", "Sola"),
    *("Teno", "Usano", "Wako", "Yumo", "Bino", "Cora", "Eno", "Fuyo", "Gamo", "Hiko", "Ino", "Jumo", "Kuro", "Lino"),
    *("Megu", "Nexo", "Okuri", "Pola", "Quin", "Ruka", "Sako", "Toma", "Umi", "Vita", "Xeno", "Yoki", "Zuma", "Daeno"),
)
ENDINGS = (
    *("tek", "no", "seo", "kawa", "vina", "mex", "da", "ra", "lis", "tron", "wa", "mi", "san", "ko", "dex", "nova"),
    *(
        "plas",
        "met",
        "gen",
        "ta",
        "rin",
        "moto",
        "hwa",
        "yong",
        "cast",
        "fab",
        "line",
        "sei",
        "max",
        "tal",
        "vio",
        "ku",
    ),
)
LETTERS = "HTPVNDAKSLMQGBCĐ"
BUSINESS = (
    *("Sản xuất và Thương mại", "Thương mại và Dịch vụ", "SX & TM", "Sản xuất Thương mại Dịch vụ", "SXTM"),
    *("Đầu tư và Phát triển", "XNK", "Đầu tư Xây dựng và Thương mại", "ĐT PT", "Xuất nhập khẩu", "TM DV", "Kỹ thuật"),
    *("Công nghiệp", "Thiết bị", "Giải pháp", "Chế tạo", "Công nghệ"),
)
COUNTRY = ("Việt Nam", "VN", "Vina", "(Việt Nam)", "Hà Nội", "Sài Gòn", "Miền Bắc")

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý")
MIDDLES = ("Văn", "Thị", "Quốc", "Minh", "Thu", "Đức", "Ngọc", "Hữu", "Thanh")
# Given names nobody bears: what is written about them is about nobody.
GIVEN = ("Mẫu", "Thử", "Giả", "Ví", "Dụ", "Phỏng", "Mô", "Nháp")
ROLES = (
    "Giám đốc",
    "Phó giám đốc",
    "Trưởng phòng kinh doanh",
    "Trưởng phòng kỹ thuật",
    "Kế toán trưởng",
    "Quản lý xưởng",
)
STREETS = ("Trục Chính", "Cây Bàng", "Gò Đậu", "Bến Cũ", "Ao Sen", "Xóm Mới", "Kênh Đào", "Đồi Chè", "Bờ Hồ", "Lò Gạch")

CUSTOMERS = (
    ("Ô tô Đại Ngàn", "VN"), ("Điện gia dụng Kitano Việt Nam", "JP"), ("Điện tử Hanseo Việt Nam", "KR"),
    ("Máy nông nghiệp Cửu Long Xanh", "VN"), ("Xe máy Bạch Mã", "VN"), ("Thiết bị in Morita", "JP"),
    ("Seonyu Electronics", "KR"), ("Takemura Precision", "JP"), ("Thiết bị y tế Lam Khê", "VN"), ("Vero Mobility",
     "DE"),
    ("Xe điện Sao Nguyệt", "VN"), ("Daeno Display", "KR"), ("Nordlicht Hausgeräte", "DE"), ("Pinewood Tools", "US"),
    ("Formara Footwear", "TW"), ("Hoài Giang Motor", "VN"), ("Kurosawa Bearing", "JP"), ("Lumitron Taiwan", "TW"),
)  # fmt: skip
MARKETS = (
    *(
        ("Nhật Bản", "JP"),
        ("Hàn Quốc", "KR"),
        ("Hoa Kỳ", "US"),
        ("Trung Quốc", "CN"),
        ("Đức", "DE"),
        ("Thái Lan", "TH"),
    ),
    *(("Đài Loan", "TW"), ("Ấn Độ", "IN"), ("Hà Lan", "NL"), ("Ô-xtrây-li-a", "AU"), ("Pháp", "FR")),
)
INVESTORS = (
    ("Nhật Bản", "JP"), ("Hàn Quốc", "KR"), ("Trung Quốc", "CN"), ("Đài Loan", "TW"), ("Singapore", "SG"),
    ("Thái Lan", "TH"), ("Đức", "DE"), ("Hoa Kỳ", "US"),
)  # fmt: skip
BODIES = ("QUACERT", "TÜV NORD", "SGS", "Bureau Veritas", "BSI", "TÜV Rheinland", "Intertek", "DNV", "Vinacontrol")
MAKERS = (
    *("Mazak", "Fanuc", "Okuma", "Makino", "Sodick", "Mitsubishi", "Brother", "Amada", "Komatsu", "Aida", "DMG Mori"),
    *("Haas", "DN Solutions", "Hyundai Wia", "Trumpf", "Chin Fong", "Takisawa", "Tsugami"),
)
ORIGINS = ("JP", "CN", "TW", "KR", "DE", "VN", "US")
