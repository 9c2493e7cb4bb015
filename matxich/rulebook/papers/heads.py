"""Who heads an agency of each kind and who stands in for them, as their papers name them."""

HEADS = {
    "ministry": ("Bộ trưởng", "Thứ trưởng"),
    "ministry_department": ("Cục trưởng", "Phó Cục trưởng"),
    "provincial_committee": ("Chủ tịch", "Phó Chủ tịch"),
    "provincial_department": ("Giám đốc", "Phó Giám đốc"),
    "promotion_centre": ("Giám đốc", "Phó Giám đốc"),
    "commune": ("Chủ tịch", "Phó Chủ tịch"),
}
CAPITAL = "Hà Nội"
"""Where agencies of the whole country write from."""
