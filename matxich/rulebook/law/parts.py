"""Names of the parts of figures, and of what was done to an instrument, in Vietnamese and English."""

from matxich.rulebook.law.facts import Words

_SIZES = {"micro": ("siêu nhỏ", "micro"), "small": ("nhỏ", "small"), "medium": ("vừa", "medium")}
_MEASURES = {
    "workers": ("lao động", "workers"),
    "revenue": ("doanh thu", "revenue"),
    "capital": ("nguồn vốn", "capital"),
}
_BRANCHES = {"industry": ("công nghiệp", "industry"), "services": ("dịch vụ", "services")}
PARTS = {
    "share": Words("tỷ lệ", "share"),
    "cap": Words("không quá", "at most"),
    "line_multiplier": Words("hệ số dây chuyền", "line multiplier"),
    "priority_multiplier": Words("hệ số ưu tiên", "priority multiplier"),
    "cap_region": Words("cấp khu vực không quá", "region at most"),
    "cap_national": Words("cấp quốc gia không quá", "nation at most"),
    **{
        f"{size}_{measure}_{branch}": Words(f"{vi[0]}, {vi[1]}, {vi[2]}", f"{en[0]}, {en[1]}, {en[2]}")
        for size, one in _SIZES.items()
        for measure, two in _MEASURES.items()
        for branch, three in _BRANCHES.items()
        for vi, en in [tuple(zip(one, two, three, strict=True))]
    },
}
PASSED = {
    "amends": Words("được sửa đổi bởi", "amended by"),
    "replaces": Words("bị thay thế bởi", "replaced by"),
    "guides": Words("được hướng dẫn bởi", "guided by"),
}
