"""How much each thing about a name counts when names of a text are ranked; printed by `python -m benchmarks.weights`.

Fitted on the development phrases of tests/registry/phrases by a conditional logit, rounded to a tenth. Rows hold
one weight a scheme, in the order of Scheme: processes, machines, certificates, parts, materials, sectors.
"""

from matxich.rulebook.taxonomy.model import Scheme

EACH: dict[str, float] = {
    "apart": 2.1,
    "depth": 0.7,
    "derived": -0.7,
    "derived unsaid": -1.0,
    "doubtful": -0.4,
    "how exact": 0.6,
    "how folded": 1.1,
    "how inflected": -1.8,
    "language": 0.3,
    "preferred": 0.4,
    "quality": 1.1,
    "share": 0.8,
    "thin": -0.2,
    "torn": -1.0,
    "weight to 1": 0.3,
    "weight to 2.5": 2.3,
    "weight to 4.5": 1.1,
}
"""Of any name: how it matched, how much of the text it explains, how narrow its concept is."""
BY_SCHEME: dict[str, tuple[float, ...]] = {
    "any": (1.8, 0.0, 1.0, -0.5, -2.0, -1.0),
    "certified": (-0.2, 0.0, 0.3, 0.0, 0.0, 0.0),
    "coded": (0.0, 0.0, 1.4, 0.0, 0.3, 0.0),
    "derived": (-0.8, -0.2, 0.7, -0.4, 0.0, 0.0),
    "head": (0.9, 1.8, -0.5, 2.0, 1.1, 0.0),
    "machine": (-1.1, 1.4, 0.7, -0.7, 0.0, -0.3),
    "making": (-0.5, 0.0, -0.2, -0.6, 0.7, 0.6),
    "material": (-0.2, -0.3, 0.0, -0.2, 1.4, -0.6),
    "part": (0.9, -0.2, 0.0, -0.3, 0.0, -0.3),
    "processing": (0.9, -1.7, 0.0, 1.4, -0.4, -0.2),
    "rated": (-1.4, 2.0, 0.0, 0.0, -0.6, 0.0),
    "trade": (-1.1, 0.0, -1.0, -0.5, -0.2, 2.9),
}
"""Of names of a scheme: at all, at the head of the phrase, as a code, and where the text gives that cue."""
OVER: dict[Scheme, tuple[float, ...]] = {
    Scheme.PROCESSES: (0.2, -1.3, -1.2, 0.8, 1.6, 1.7),
    Scheme.MACHINES: (-0.7, 1.2, 0.0, -0.2, -0.2, 0.0),
    Scheme.CERTIFICATES: (0.4, 0.0, -0.5, 0.0, 0.0, -0.9),
    Scheme.PARTS: (-2.1, 0.2, 0.0, 0.0, 2.3, 0.5),
    Scheme.MATERIALS: (-2.3, 0.0, 0.0, -1.0, -1.7, 0.3),
    Scheme.SECTORS: (0.0, 0.0, -0.3, -0.3, -0.2, 0.3),
}
"""Of a name nearer to the head of the phrase than another of the scheme of the column."""
OVER_VIETNAMESE: dict[Scheme, tuple[float, ...]] = {
    Scheme.PROCESSES: (-0.7, -1.5, -0.5, 0.0, 1.9, 0.0),
    Scheme.MACHINES: (0.0, 0.0, 0.0, -0.2, 0.2, 0.0),
    Scheme.CERTIFICATES: (0.4, 0.0, -0.8, 0.0, 0.0, 0.2),
    Scheme.PARTS: (1.5, 0.5, 0.0, 1.5, 1.8, 0.9),
    Scheme.MATERIALS: (1.6, 0.0, -0.2, 0.8, 0.2, 0.3),
    Scheme.SECTORS: (0.0, 0.0, -0.3, 0.0, 0.0, 0.3),
}
"""Added to those in Vietnamese, which says the head first: "hàn inox 304" is welding, "inox 304 hàn" is not."""
SAME: dict[Scheme, tuple[float, ...]] = {
    Scheme.PROCESSES: (0.0, 0.2, 0.0, -1.7, -0.4, -0.7),
    Scheme.MACHINES: (0.4, 0.0, 0.0, 0.0, 0.0, -0.2),
    Scheme.CERTIFICATES: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    Scheme.PARTS: (-0.5, -0.2, 0.0, 0.0, -1.1, 1.1),
    Scheme.MATERIALS: (0.8, 0.0, 0.0, 0.3, 0.0, 0.0),
    Scheme.SECTORS: (0.0, 0.0, 0.0, -0.4, -0.8, 0.0),
}
"""Of a name that stands on the very words of another scheme's: "đế giày", the sole and the making of soles."""
