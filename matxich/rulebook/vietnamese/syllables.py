"""Which letters make a Vietnamese syllable: the evidence for telling real text from a wrong encoding."""

import re
from functools import lru_cache
from unicodedata import normalize

_ONSET = "b|br|c|ch|d|đ|g|gh|gi|h|k|kh|kr|l|m|n|ng|ngh|nh|p|ph|pr|r|s|t|th|tr|v|x"
_RHYME = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăk|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|"
    "e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|êng|ênh|êp|êt|êu|"
    "i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|"
    "o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|"
    "ong|ooc|oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|"
    "u|ua|uân|uâng|uât|uây|uc|uê|uêch|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|uơ|up|ut|"
    "uy|uya|uych|uyên|uyêt|uynh|uyp|uyt|uyu|ư|ưa|ưc|ưi|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu"
)
_RHYME_AFTER_QU = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|ân|âng|ât|âu|ây|e|en|eo|et|ê|êch|ên|ênh|êt|"
    "i|ich|in|it|ơ|ơi|y|ych|yên|yêt|ynh|yt"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_RHYME})|qu(?:{_RHYME_AFTER_QU})|(?:h|k|l|m|n|s|t|th|v)?y|yê(?:m|n|ng|t|u)")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SHARP_OR_HEAVY = frozenset("\u0301\u0323")
# Open rhymes that carry their tone on the first letter, however it is taught: "xão" is never "xaõ".
_TONE_FIRST = frozenset(
    ("ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "iu", "oi", "ôi", "ơi", "ui", "ưi", "ưu", "ia", "ua", "ưa")
)
_STOPS = ("p", "t", "c", "k", "ch")


@lru_cache(maxsize=16384)
def is_syllable(token: str) -> bool:
    """True when `token`, in any case, is a well-formed Vietnamese syllable with at most one tone.

    A stop (p, t, c, ch) takes only sắc or nặng when it carries a tone mark, and a rhyme like "ao" has its
    tone on the first letter; "hòa" and "hoà" are both right.
    """
    marked = normalize("NFD", token.lower())
    tones = _TONE.findall(marked)
    bare = normalize("NFC", _TONE.sub("", marked))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    if not tones:
        return True
    if bare.endswith(_STOPS):
        return tones[0] in _SHARP_OR_HEAVY
    return not (_TONE.match(marked[-1]) and _wants_tone_earlier(bare))


def _wants_tone_earlier(bare: str) -> bool:
    glide = bare.startswith(("qu", "gi")) and len(bare) == 3
    return bare[-2:] in _TONE_FIRST and not glide
