"""How much each thing about a name counts when names of a text are ranked; printed by `python -m benchmarks.weights`.

Fitted on the development phrases of tests/registry/phrases by a conditional logit, rounded to a tenth. Rows hold
one weight a scheme, in the order of Scheme: processes, machines, certificates, parts, materials, sectors.
"""

from matxich.rulebook.taxonomy.model import Scheme

EACH: dict[str, float] = {
    "depth": 0.5,
    "derived": -0.9,
    "doubtful": -0.2,
    "how exact": 0.4,
    "how folded": 0.3,
    "how inflected": -0.6,
    "long": 0.4,
    "preferred": 0.4,
    "quality": 0.5,
    "share": 1.7,
    "thin": 0.5,
    "torn": -0.8,
    "weight": 1.8,
}
"""Of any name: how it matched, how much of the text it explains, how narrow its concept is."""
BY_SCHEME: dict[str, tuple[float, ...]] = {
    "any": (1.5, 0.0, 0.9, -0.6, -1.4, -0.7),
    "certified": (-0.2, 0.0, 0.5, 0.0, 0.0, -0.3),
    "coded": (0.0, 0.0, 1.1, 0.0, 0.4, 0.0),
    "head": (0.5, 0.9, 0.2, 1.8, 1.0, 0.0),
    "machine": (-1.2, 1.0, 0.9, -0.9, -0.8, 1.1),
    "making": (0.3, -0.5, -0.4, -0.3, 0.2, 0.7),
    "material": (0.0, -0.2, 0.0, 0.0, 1.3, -1.0),
    "part": (1.1, -0.4, 0.0, -0.2, -0.3, 0.0),
    "processing": (1.1, -1.6, 0.0, 1.3, -0.6, -0.2),
    "rated": (-1.2, 2.5, 0.0, 0.0, -1.2, 0.0),
    "trade": (-0.7, 0.0, -1.2, -0.8, -0.5, 3.3),
}
"""Of names of a scheme: at all, at the head of the phrase, as a code, and where the text gives that cue."""
OVER: dict[Scheme, tuple[float, ...]] = {
    Scheme.PROCESSES: (0.0, 0.0, -0.7, -0.3, 0.8, 0.9),
    Scheme.MACHINES: (-0.9, 0.9, 0.0, -0.2, -0.2, 0.6),
    Scheme.CERTIFICATES: (-0.4, 0.0, -0.6, -0.4, 0.0, -0.2),
    Scheme.PARTS: (-1.5, -0.7, -0.7, -0.9, 1.7, 0.5),
    Scheme.MATERIALS: (-2.1, 0.0, 0.0, -1.1, -1.4, 0.5),
    Scheme.SECTORS: (0.0, 0.0, -0.6, -0.7, 0.0, 0.5),
}
"""Of a name nearer to the head of the phrase than another of the scheme of the column."""
OVER_VIETNAMESE: dict[Scheme, tuple[float, ...]] = {
    Scheme.PROCESSES: (0.3, -0.2, -0.3, 1.1, 2.3, 0.0),
    Scheme.MACHINES: (-0.4, 0.0, 0.0, -0.2, 0.4, 0.0),
    Scheme.CERTIFICATES: (0.0, 0.0, -1.0, 0.4, 0.0, 0.0),
    Scheme.PARTS: (1.9, 0.2, 0.0, 1.7, 1.8, 1.7),
    Scheme.MATERIALS: (2.1, 0.0, -0.5, 0.4, 0.2, -0.2),
    Scheme.SECTORS: (0.5, 0.0, -0.6, -0.2, 0.0, 0.6),
}
"""Added to those in Vietnamese, which says the head first: "hàn inox 304" is welding, "inox 304 hàn" is not."""
SAME: dict[Scheme, tuple[float, ...]] = {
    Scheme.PROCESSES: (0.0, 0.5, 0.0, -1.5, -0.4, -0.8),
    Scheme.MACHINES: (0.3, 0.0, 0.0, -0.6, 0.0, -0.9),
    Scheme.CERTIFICATES: (0.0, 0.0, 0.0, 0.0, -0.5, 0.0),
    Scheme.PARTS: (-0.6, -0.8, 0.0, 0.0, -0.6, 0.5),
    Scheme.MATERIALS: (1.0, 0.0, 0.0, 0.0, 0.0, 1.4),
    Scheme.SECTORS: (-0.2, 0.0, 0.0, -0.5, 0.0, 0.0),
}
"""Of a name that stands on the very words of another scheme's: "đế giày", the sole and the making of soles."""
