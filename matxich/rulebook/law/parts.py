"""Names of the parts of figures, and of what was done to an instrument, in Vietnamese and English."""

from matxich.rulebook.law.facts import Words

PARTS = {
    "share": Words("tỷ lệ", "share"),
    "cap": Words("không quá", "at most"),
    "line_multiplier": Words("hệ số dây chuyền", "line multiplier"),
    "priority_multiplier": Words("hệ số ưu tiên", "priority multiplier"),
    "cap_region": Words("cấp khu vực không quá", "region at most"),
    "cap_national": Words("cấp quốc gia không quá", "nation at most"),
}
PASSED = {
    "amends": Words("được sửa đổi bởi", "amended by"),
    "replaces": Words("bị thay thế bởi", "replaced by"),
    "guides": Words("được hướng dẫn bởi", "guided by"),
}
