"""Countries by ISO 3166-1 code and the regions that lists of markets name, in Vietnamese, English and short forms."""

import re

from matxich.rulebook.capabilities.model import Language
from matxich.rulebook.capabilities.scanning import words_only
from matxich.rulebook.vietnamese.text import fold, squeeze

# Code, Vietnamese, English, other forms. Regions have codes of our own, longer than two letters but for EU.
_TABLE = """
VN|Việt Nam|Vietnam|VN, Viet Nam, VNM, nội địa, trong nước, domestic
JP|Nhật Bản|Japan|Nhật, JPN, Japanese
KR|Hàn Quốc|South Korea|Hàn, Korea, Republic of Korea, Đại Hàn, KOR, Korean
CN|Trung Quốc|China|TQ, PRC, Trung Hoa, CHN, Chinese
TW|Đài Loan|Taiwan|Đài Loan (Trung Quốc), TWN, Chinese Taipei
HK|Hồng Kông|Hong Kong|Hongkong, HKG
MO|Ma Cao|Macao|Macau
US|Hoa Kỳ|United States|Mỹ, USA, U.S., U.S.A., United States of America, America, American
CA|Canada|Canada|Ca-na-đa, CAN
MX|Mexico|Mexico|Mê-hi-cô, Mêhicô
DE|Đức|Germany|CHLB Đức, Cộng hòa Liên bang Đức, German, DEU
FR|Pháp|France|FRA, French
GB|Anh|United Kingdom|Vương quốc Anh, UK, Great Britain, England, GBR
IT|Ý|Italy|Italia, ITA, Italian
ES|Tây Ban Nha|Spain|
PT|Bồ Đào Nha|Portugal|
NL|Hà Lan|Netherlands|Holland, The Netherlands
BE|Bỉ|Belgium|
LU|Luxembourg|Luxembourg|Lúc-xăm-bua
CH|Thụy Sĩ|Switzerland|Thuỵ Sĩ, Thụy Sỹ, Swiss
AT|Áo|Austria|
SE|Thụy Điển|Sweden|Thuỵ Điển
NO|Na Uy|Norway|
DK|Đan Mạch|Denmark|
FI|Phần Lan|Finland|
IE|Ireland|Ireland|Ai-len
IS|Iceland|Iceland|
PL|Ba Lan|Poland|
CZ|Séc|Czechia|Cộng hòa Séc, CH Séc, Czech Republic, Czech
SK|Slovakia|Slovakia|
HU|Hungary|Hungary|Hung-ga-ri
RO|Romania|Romania|Rumani, Ru-ma-ni
BG|Bulgaria|Bulgaria|Bun-ga-ri
GR|Hy Lạp|Greece|
HR|Croatia|Croatia|
SI|Slovenia|Slovenia|
RS|Serbia|Serbia|
EE|Estonia|Estonia|
LV|Latvia|Latvia|
LT|Lithuania|Lithuania|Litva
RU|Nga|Russia|Liên bang Nga, LB Nga, Russian Federation
UA|Ukraina|Ukraine|
BY|Belarus|Belarus|
KZ|Kazakhstan|Kazakhstan|
UZ|Uzbekistan|Uzbekistan|
TR|Thổ Nhĩ Kỳ|Türkiye|Turkey
IL|Israel|Israel|
AE|Các Tiểu vương quốc Ả Rập Thống nhất|United Arab Emirates|UAE, Dubai
SA|Ả Rập Xê Út|Saudi Arabia|Ả Rập Saudi
QA|Qatar|Qatar|
KW|Kuwait|Kuwait|
IR|Iran|Iran|
IQ|Iraq|Iraq|
IN|Ấn Độ|India|IND, Indian
PK|Pakistan|Pakistan|
BD|Bangladesh|Bangladesh|
LK|Sri Lanka|Sri Lanka|
NP|Nepal|Nepal|
SG|Singapore|Singapore|Xin-ga-po, SGP
MY|Malaysia|Malaysia|Ma-lai-xi-a, MYS
TH|Thái Lan|Thailand|Thái, THA
ID|Indonesia|Indonesia|In-đô-nê-xi-a, IDN
PH|Philippines|Philippines|Phi-líp-pin, Philippine
KH|Campuchia|Cambodia|Cam-pu-chia
LA|Lào|Laos|
MM|Myanmar|Myanmar|Mi-an-ma
BN|Brunei|Brunei|
TL|Đông Timor|Timor-Leste|
MN|Mông Cổ|Mongolia|
KP|Triều Tiên|North Korea|
AU|Úc|Australia|Ô-xtrây-li-a
NZ|New Zealand|New Zealand|Niu Di-lân
BR|Brazil|Brazil|Bra-xin
AR|Argentina|Argentina|Ác-hen-ti-na
CL|Chile|Chile|Chi-lê
CO|Colombia|Colombia|
PE|Peru|Peru|Pê-ru
VE|Venezuela|Venezuela|
CU|Cuba|Cuba|
PA|Panama|Panama|
VG|Quần đảo Virgin thuộc Anh|British Virgin Islands|BVI, British Virgin Island
KY|Quần đảo Cayman|Cayman Islands|Cayman
WS|Samoa|Samoa|
SC|Seychelles|Seychelles|
MU|Mauritius|Mauritius|
ZA|Nam Phi|South Africa|
EG|Ai Cập|Egypt|
MA|Ma Rốc|Morocco|Maroc
DZ|Algeria|Algeria|
NG|Nigeria|Nigeria|
KE|Kenya|Kenya|
GH|Ghana|Ghana|
ET|Ethiopia|Ethiopia|
TZ|Tanzania|Tanzania|
AO|Angola|Angola|
MZ|Mozambique|Mozambique|
EU|EU|EU|Liên minh châu Âu, European Union, khối EU
ASEAN|ASEAN|ASEAN|Đông Nam Á, Southeast Asia, South East Asia
EUROPE|châu Âu|Europe|thị trường châu Âu
ASIA|châu Á|Asia|
AMERICAS|châu Mỹ|Americas|the Americas
NORTH_AMERICA|Bắc Mỹ|North America|
SOUTH_AMERICA|Nam Mỹ|South America|Mỹ Latinh, Latin America
AFRICA|châu Phi|Africa|
MIDDLE_EAST|Trung Đông|Middle East|the Middle East
OCEANIA|châu Đại Dương|Oceania|châu Úc
"""
NAMES: dict[str, tuple[str, str]] = {}
_FORMS: dict[str, str] = {}
_PLAIN: dict[str, str] = {}
for _line in _TABLE.strip().splitlines():
    _code, _vi, _en, _others = _line.split("|")
    NAMES[_code] = (_vi, _en)
    for _form in (_vi, _en, *filter(None, (other.strip() for other in _others.split(",")))):
        _FORMS.setdefault(_form.lower(), _code)
        _PLAIN.setdefault(fold(_form), _code)
REGIONS = frozenset(code for code in NAMES if len(code) > 2) | {"EU"}
# Folded these are everyday words, or each other: "anh", "y", "ao", "duc"; they count with their marks, or alone.
_MARKED_ONLY = frozenset(
    ("anh", "y", "ao", "duc", "bi", "phap", "han", "my", "nga", "sec", "thai", "uc", "lao", "nhat")
)
_UPPER_ONLY = frozenset(("vn", "tq", "uk", "eu", "can", "ita", "fra", "ind", "tha", "prc", "u.s."))
_ANY = words_only(*map(re.escape, _PLAIN))


def country_code(text: str) -> str | None:
    """The code of a country or region that is the whole text: a name, a short form, an ISO code in capitals."""
    plain = squeeze(text).strip(" .,()")
    if plain in NAMES:
        return plain
    return _FORMS.get(plain.lower()) or _PLAIN.get(fold(plain)) or _PLAIN.get(fold(plain).strip("."))


def country_name(code: str, language: Language) -> str:
    return NAMES[code][language == "en"]


def countries_in(folded: str, written: str) -> list[tuple[int, int, str]]:
    """Where a longer text names countries, as (start, end, code), in order. Both texts are of one length."""
    found = []
    for match in _ANY.finditer(folded):
        plain, original = match[0], written[match.start() : match.end()]
        if plain in _MARKED_ONLY and (original.lower() not in _FORMS or not original[0].isupper()):
            continue
        if plain in _UPPER_ONLY and not original.isupper():
            continue
        code = _FORMS.get(original.lower()) or _PLAIN[plain]
        found.append((match.start(), match.end(), code))
    return found
