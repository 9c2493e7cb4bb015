"""All kinds of support, and the programmes that may pay for them."""

from collections.abc import Mapping

from matxich.rulebook.law.facts import Words
from matxich.rulebook.law.instruments import Citation
from matxich.rulebook.law.spans import Span
from matxich.rulebook.law.supports import cnht, dnnvv, khuyen_cong
from matxich.rulebook.law.supports.model import Programme, Support

SUPPORTS: Mapping[str, Support] = {each.id: each for each in (*khuyen_cong.SUPPORTS, *cnht.SUPPORTS, *dnnvv.SUPPORTS)}

PROGRAMMES = (
    Programme(
        "kc",
        Span.of("2021-01-01", "2026-01-01"),
        Words("Chương trình khuyến công quốc gia 2021–2025", "National industrial promotion 2021–2025"),
        Citation("qd-1881-2020-ttg"),
    ),
    Programme(
        "kc",
        Span.of("2026-01-01", "2031-01-01"),
        Words("Chương trình khuyến công quốc gia 2026–2030", "National industrial promotion 2026–2030"),
        Citation("qd-2646-2025-bct"),
    ),
    Programme(
        "cnht",
        Span.of("2017-01-18", "2026-01-01"),
        Words("Chương trình phát triển công nghiệp hỗ trợ 2016–2025", "Supporting-industries programme 2016–2025"),
        Citation("qd-68-2017-ttg"),
    ),
)
