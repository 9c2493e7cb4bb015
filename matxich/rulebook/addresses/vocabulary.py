"""The words around names in an address: kinds of unit, street words, zones, and other names of provinces."""

from dataclasses import dataclass

from matxich.rulebook.vietnamese.text import fold

WARD, COMMUNE, TOWNSHIP, ISLAND = "phường", "xã", "thị trấn", "đặc khu"
URBAN, RURAL, TOWN, CITY, PROVINCE = "quận", "huyện", "thị xã", "thành phố", "tỉnh"
COMMUNE_KINDS = frozenset({WARD, COMMUNE, TOWNSHIP, ISLAND})
DISTRICT_KINDS = frozenset({URBAN, RURAL, TOWN, CITY})
PROVINCE_KINDS = frozenset({CITY, PROVINCE})


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that says what stands beside it: `before` the name, `after` it (English), or both.

    `share` is what a street word leaves of the weight of a name.
    """

    kinds: frozenset[str] = frozenset()
    before: bool = True
    after: bool = False
    zone: str = ""
    street: bool = False
    share: float = 0.1

    @property
    def unit(self) -> bool:
        return bool(self.kinds)


def _kinds(*kinds: str) -> Marker:
    return Marker(kinds=frozenset(kinds))


def _english(*kinds: str) -> Marker:
    return Marker(kinds=frozenset(kinds), after=True)


_BEFORE = {
    "phường|phuong|p|f|ph": _kinds(WARD),
    "xã|xa|x": _kinds(COMMUNE),
    "thị trấn|thi tran|tt|t t": _kinds(TOWNSHIP),
    "đặc khu|dac khu|đk|dk": _kinds(ISLAND),
    "quận|quan|q": _kinds(URBAN),
    "huyện|huyen|h": _kinds(RURAL),
    "thị xã|thi xa|tx|t x": _kinds(TOWN),
    "thành phố|thanh pho|tp|t p|thành phô": _kinds(CITY),
    "tỉnh|tinh|t": _kinds(PROVINCE),
}
_AFTER = {
    "ward|wards": _english(WARD),
    "commune|com|community": _english(COMMUNE),
    "township": _english(TOWNSHIP),
    "special administrative region|special zone": _english(ISLAND),
    "district|dist|county": _english(URBAN, RURAL),
    "town": _english(TOWNSHIP, TOWN, CITY),
    "city": _english(CITY),
    "province|prov|provice|pro": _english(PROVINCE),
}
_ZONES_BEFORE = {
    "khu công nghiệp|khu cong nghiep|kcn|khu cn|k c n|industrial zone|industry zone": "KCN",
    "cụm công nghiệp|cum cong nghiep|ccn|cụm cn|cum cn|c c n": "CCN",
    "khu chế xuất|khu che xuat|kcx": "KCX",
    "khu công nghệ cao|khu cong nghe cao|kcnc|cncc|khu cnc": "KCNC",
    "khu kinh tế|khu kinh te|kkt": "KKT",
}
_ZONES_AFTER = {
    "industrial park|industrial zone|industry park|industry zone|industrial estate|industrial complex"
    "|industrial|ip|iz|i p|i z|techno park|technopark|industrial service park|inustrial zone": "KCN",
    "industrial cluster|industry cluster|small industrial zone|ic": "CCN",
    "export processing zone|epz": "KCX",
    "hi tech park|high tech park|hightech park|htp|hi tech zone": "KCNC",
    "economic zone|ez": "KKT",
}
_STREET_BEFORE = (
    "đường|duong|phố|pho|đại lộ|dai lo|xa lộ|xa lo|quốc lộ|quoc lo|ql|tỉnh lộ|tinh lo|tl|hương lộ|huong lo"
    "|ngõ|ngo|ngách|ngach|hẻm|hem|kiệt|kiet|thôn|thon|xóm|xom|ấp|ap|bản|ban|buôn|buon|làng|lang|khóm|khom"
    "|tổ|to|tổ dân phố|to dan pho|tdp|khu phố|khu pho|kp|khu dân cư|khu dan cu|kdc|khu đô thị|khu do thi"
    "|kđt|kdt|khu tập thể|ktt|chung cư|chung cu|tòa nhà|toa nha|tòa|cầu|cau|chợ|cho|khu vực|khu vuc|khu"
    "|đội|doi|ngã tư|ngã ba|bến xe|cảng|sân bay|lô|lo|lot|số|so|no|km"
)
_STREET_AFTER = (
    "street|st|str|road|rd|avenue|ave|boulevard|blvd|highway|hamlet|quarter|area|lane|alley"
    "|residential|bridge|port|airport|intersection|block|group"
)

MARKERS: dict[tuple[str, ...], tuple[Marker, frozenset[str]]] = {}
"""Folded words of a marker, with the marked spellings accepted for it."""


def _register(spellings: str, marker: Marker) -> None:
    for spelling in spellings.split("|"):
        key = tuple(fold(spelling).split())
        known = MARKERS.get(key)
        accepted = (known[1] if known else frozenset()) | {spelling, fold(spelling)}
        MARKERS[key] = (marker, accepted)


for _spellings, _marker in (_BEFORE | _AFTER).items():
    _register(_spellings, _marker)
for _spellings, _zone in _ZONES_AFTER.items():
    _register(_spellings, Marker(zone=_zone, before=False, after=True))
for _spellings, _zone in _ZONES_BEFORE.items():
    both = "industrial" in _spellings
    _register(_spellings, Marker(zone=_zone))
for _spelling in ("industrial zone", "industry zone"):
    _register(_spelling, Marker(zone="KCN", before=True, after=True))
_register(_STREET_BEFORE, Marker(street=True))
MARKERS[("d",)] = (Marker(street=True), frozenset({"đ"}))  # "Đ. Hà Nội"; a bare "D" is no street
_register(_STREET_AFTER, Marker(street=True, before=False, after=True))
_register("village", Marker(street=True, before=False, after=True, share=0.5))

PROVINCE_ALIASES = {
    "79": "hcm|hcmc|tphcm|tp hcm|ho chi minh|sai gon|saigon|sg|hochiminh|tpho chi minh|ho chi minh ville",
    "01": "hn|hanoi|tphn|ha tay|hatay",
    "77": "brvt|br vt|ba ria vung tau|bariavungtau|vung tau ba ria|ba ria vun tau",
    "46": "thua thien hue|tt hue|tthue|hue|thua thien",
    "66": "dak lak|dac lac|dac lak|daklak|dak lac|darlac",
    "67": "dak nong|dac nong|daknong",
    "31": "haiphong|hp city",
    "48": "danang|dnang",
    "75": "dongnai",
    "92": "cantho",
    "62": "kontum|kon tum|con tum",
}
"""Other names of a province by its old code; they hold on the new map for the province's successor."""

DISTRICT_ALIASES = {
    "769": (("2", URBAN), ("9", URBAN), ("thu duc", URBAN)),
    "754": (("tan thanh", RURAL),),
    "268": (("ha dong", TOWN),),
    "269": (("son tay", CITY),),
}
"""Districts still written under a name that ended before our record: code -> (folded name, kind)."""

COUNTRY = frozenset({"viet nam", "vietnam", "vn"})
ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"
}  # fmt: skip
SPELLINGS = {
    "mi": "my", "qui": "quy", "ki": "ky", "li": "ly", "si": "sy", "ti": "ty", "hi": "hy", "vi": "vy"
}  # fmt: skip
"""Syllables written with either letter; names are stored under y and looked up both ways."""
BRANDS = frozenset(["vsip", "amata", "loteco", "deep", "shtp", "becamex", "wha", "protrade", "sonadezi", "linhtrung"])
"""Words that only a zone's name holds."""
