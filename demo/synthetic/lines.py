"""Lines of work: what a firm calls itself, and where in the taxonomy its processes, materials and products lie."""

from dataclasses import dataclass
from functools import cache

from matxich.registry.taxonomy import taxonomy
from matxich.rulebook.taxonomy import Concept

MECHANICS, ELECTRONICS, VEHICLES, TEXTILES, FOOTWEAR, HIGH_TECH = (
    "Cơ khí chế tạo", "Điện tử", "Sản xuất, lắp ráp ô tô", "Dệt may", "Da giày", "Công nghiệp công nghệ cao",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A concept and the words firms use for it, the usual ones first. There is one of each in a line."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of work, the commonest first in `LINES`. `workers`: the middle headcount of its firms.

    `tolerance`: whole micrometres, finest and coarsest. `output`: how capacity is counted (unit, per month).
    """

    called: tuple[str, ...]
    english: str
    sectors: tuple[str, ...]
    vsic: str
    hs: str
    workers: int
    tolerance: tuple[int, int]
    output: tuple[str, int]
    processes: tuple[Named, ...]
    materials: tuple[Named, ...]
    machines: tuple[Named, ...]
    products: tuple[Named, ...]


# Called; in English; sectors; VSIC; HS; middle headcount; tolerance; output; processes; materials; machines; parts.
# Codes are of the taxonomy; "*" stands for everything narrower, however far down.
_TABLE = (
    ("Cơ khí chính xác|Gia công chính xác|Cơ khí|CNC", "Precision Engineering", (MECHANICS,), "25920", "848790", 24,
     (2, 50), ("piece", 40_000),
     "cnc-machining* turning* milling* grinding* edm* drilling* measurement-inspection*",
     "machine-structural-steel* stainless-steel* wrought-aluminium* alloy-steel* tool-steel* copper-alloys*"
     " engineering-plastics*",
     "machine-tools* inspection-equipment*", "mechanical-parts* jig-fixture made-to-drawing-part"),
    ("Cơ khí|Cơ khí xây dựng|Kết cấu thép|Cơ khí chế tạo", "Mechanical", (MECHANICS,), "25110", "730890", 22,
     (200, 2_000), ("tonne", 120),
     "welding* sheet-metal* cutting* structural-steel-fabrication pressure-vessel-fabrication pipe-fabrication"
     " painting*",
     "structural-steel* sheet-steel* section-steel steel-pipe stainless-steel*",
     "welding-machine* sheet-metal-machine* blasting-machine lifting-equipment",
     "steel-structure tank-vessel rack-pallet sheet-metal-part bracket"),
    ("Nhựa|Nhựa kỹ thuật|Nhựa công nghiệp|Ép nhựa", "Plastics", (ELECTRONICS, VEHICLES), "22209", "392690", 38,
     (50, 300), ("piece", 900_000), "injection-moulding* plastics-processing* plastic-painting printing* assembly*",
     "engineering-plastics* commodity-plastics* masterbatch", "plastics-machine* ultrasonic-welder",
     "plastic-part* vehicle-plastic-part household-appliance-part*"),
    ("Khuôn mẫu|Khuôn mẫu chính xác|Khuôn", "Mold", (MECHANICS, HIGH_TECH), "25930", "848071", 20, (2, 20), ("set", 4),
     "tooling* edm* high-speed-machining grinding* polishing texturing", "tool-steel* p20 copper* s50c s55c",
     "machine-tools* die-spotting-press cmm", "tooling-product*"),
    ("May|May mặc|Phụ liệu may|Dệt", "Textile", (TEXTILES,), "13220", "590390", 60, (500, 3_000), ("m", 300_000),
     "textile-processing*", "textile-fibre* nonwoven-fabric padding", "textile-machine*",
     "textile-material* garment-product"),
    ("Dập kim loại|Cơ khí dập|Kim khí", "Metal Stamping", (VEHICLES, ELECTRONICS), "25910", "732690", 40, (20, 150),
     ("piece", 1_200_000), "stamping* metal-forming* spot-welding tapping deburring",
     "sheet-steel* copper-alloys* stainless-steel* wrought-aluminium*", "press-machine* spot-welder",
     "stamped-part bracket heat-sink terminal body-part sheet-metal-part busbar"),
    ("Bao bì|Bao bì công nghiệp|In và bao bì", "Packaging", (ELECTRONICS,), "17021", "481910", 36, (500, 2_000),
     ("piece", 2_000_000), "packaging-making* printing* paper-processing* laminating packing*",
     "paper* plastic-film-sheet eps-foam adhesive*", "corrugator printing-press die-cutting-machine packaging-machine",
     "packaging* label printed-matter protective-film-tape"),
    ("Điện tử|Linh kiện điện tử|Lắp ráp điện tử", "Electronics", (ELECTRONICS,), "26100", "853400", 90, (25, 150),
     ("piece", 600_000), "electronics* assembly* measurement-inspection*", "electronic-materials* adhesive*",
     "electronics-machine* dispensing-machine",
     "electronic-component* printed-circuit-board pcb-assembly-part sensor camera-module-part"),
    ("Xử lý bề mặt|Mạ|Sơn tĩnh điện", "Surface Treatment", (MECHANICS,), "25920", "732690", 28, (5, 25), ("m2", 12_000),
     "plating* painting* surface-treatment*", "plating-chemical paint powder-paint steel* aluminium*",
     "plating-line* painting-line* blasting-machine vacuum-coater",
     "metal-houseware housing-part made-to-drawing-part"),
    ("Dây và cáp điện|Bộ dây điện|Dây điện", "Wire Harness", (VEHICLES, ELECTRONICS), "27320", "854430", 120,
     (500, 2_000), ("set", 90_000), "electronics* assembly* wire-drawing soldering", "copper-alloys* pvc pe-plastic",
     "wire-processing-machine cable-extrusion-line coil-winding-machine",
     "wire-harness-part electric-cable connector terminal vehicle-electrical-part"),
    ("Đúc|Đúc kim loại|Đúc áp lực|Luyện kim", "Foundry", (MECHANICS, VEHICLES), "24310", "732599", 45, (50, 500),
     ("tonne", 90), "casting* melting-smelting* cnc-machining shot-blasting impregnation",
     "cast-iron* aluminium-casting-alloy* zinc-alloy cast-steel bronze",
     "casting-machine* melting-furnace blasting-machine",
     "cast-part aluminium-die-casting-part pump valve engine-part pipe-fitting"),
    ("Cao su|Cao su kỹ thuật|Gioăng phớt", "Rubber", (VEHICLES,), "22190", "401693", 48, (100, 400), ("piece", 700_000),
     "rubber-processing*", "rubber* tpe", "rubber-machine* rubber-press rubber-injection-machine rubber-mixer",
     "rubber-part* vehicle-rubber-part"),
    ("Giày|Phụ liệu giày|Da giày", "Footwear", (FOOTWEAR,), "15200", "640690", 110, (300, 1_000), ("pair", 220_000),
     "leather-processing* textile-processing*", "leather synthetic-leather tpu eva foam-rubber",
     "footwear-machine sewing-machine",
     "footwear-part* bag-luggage"),
    ("Phụ tùng ô tô|Phụ tùng|Phụ tùng xe máy", "Auto Parts", (VEHICLES,), "29300", "870829", 130, (20, 200),
     ("piece", 300_000), "stamping* welding* forging* assembly* heat-treatment*",
     "sheet-steel* alloy-steel* aluminium-casting-alloy*", "press-machine* industrial-robot* machine-tools*",
     "vehicle-part* motorcycle-part"),
    ("Bu lông ốc vít|Vật tư liên kết|Ốc vít", "Fasteners", (MECHANICS,), "25999", "731815", 26, (20, 100), ("tonne",
     80),
     "fastener-making* thread-rolling cold-forging heat-treatment*", "wire-rod steel-bar stainless-steel* alloy-steel*",
     "fastener-machine thread-rolling-machine heat-treatment-furnace", "fastener* bolt screw rivet-pin"),
    ("Thiết bị tự động|Tự động hóa|Robot", "Automation", (HIGH_TECH, MECHANICS), "28290", "847989", 18, (10, 50),
     ("set", 3), "automation* engineering-design* assembly*", "aluminium-profile ss400 sus304 engineering-plastics*",
     "automation-machine* industrial-robot* machining-centre",
     "automation-equipment robot-part jig-fixture electrical-cabinet"),
    ("Nhiệt luyện|Xử lý nhiệt", "Heat Treatment", (MECHANICS,), "25920", "732690", 22, (10, 60), ("tonne", 110),
     "heat-treatment*", "alloy-steel* tool-steel* machine-structural-steel*", "furnace* hardness-tester",
     "gear shaft mould-component"),
    ("Thiết bị điện|Điện|Tủ bảng điện", "Electrical Equipment", (ELECTRONICS, MECHANICS), "27100", "850431", 34,
     (100, 600), ("set", 800), "electronics* assembly* sheet-metal* powder-coating",
     "electrical-steel enamelled-wire insulation-material copper*", "coil-winding-machine turret-punch press-brake",
     "electrical-cabinet transformer electric-motor busbar switch-relay power-supply"),
    ("Gỗ kỹ thuật|Nội thất|Gỗ", "Wood Products", (MECHANICS,), "16230", "441520", 30, (300, 1_500), ("m3", 200),
     "woodworking* painting*", "wood* bamboo-rattan", "woodworking-machine", "wooden-pallet furniture-part"),
    ("Lò xo|Cơ khí lò xo", "Springs", (VEHICLES, MECHANICS), "25999", "732020", 24, (30, 120), ("piece", 500_000),
     "spring-making* wire-forming heat-treatment*", "spring-steel* sus301 stainless-steel*",
     "spring-machine furnace*", "spring"),
    ("Kính kỹ thuật|Gốm kỹ thuật|Kính", "Technical Glass", (VEHICLES, ELECTRONICS), "23100", "700719", 52, (50, 300),
     ("m2", 9_000), "glass-processing* ceramic-forming*", "glass* ceramic-material refractory",
     "glass-machine sintering-furnace",
     "glass-part lens ceramic-part vehicle-glass-part display-module"),
    ("Composite|Vật liệu mới", "Composites", (HIGH_TECH,), "22209", "392690", 26, (200, 1_000), ("piece", 4_000),
     "composites* laminating", "composite-material* glass-fibre epoxy", "composite-machine waterjet-machine",
     "composite-part ship-part wind-power-part toy-sports-part"),
    ("Thiết bị y tế|Y tế công nghệ cao", "Medical Devices", (HIGH_TECH,), "32501", "901890", 40, (5, 60), ("piece",
     90_000),
     "precision-injection-moulding precision-machining* assembly* measurement-inspection*",
     "titanium sus316 peek pc-plastic silicone-rubber",
     "machining-centre injection-machine cleaning-machine", "medical-device-part"),
    ("In 3D|Tạo mẫu nhanh|Thiết kế", "Prototyping", (HIGH_TECH,), "72120", "847989", 9, (50, 200), ("piece", 600),
     "additive-manufacturing* engineering-design* vacuum-casting-plastic", "nylon abs metal-powder epoxy",
     "printer-3d-machine scanner-3d-machine cnc-engraver", "prototype-part made-to-drawing-part"),
    ("Máy công nghiệp|Máy nông nghiệp|Phụ tùng máy", "Machinery", (MECHANICS,), "28210", "843290", 30, (20, 200),
     ("set", 60), "machining* joining* laser-marking chain-making bearing-making* repair-maintenance",
     "cast-iron* alloy-steel* cemented-carbide nickel-alloy magnesium-alloy lubricant graphite",
     "machine-tools* rolling-mill thermal-spray-machine laser-marker utility-equipment",
     "industrial-machinery-part agricultural-machinery-part construction-machinery-part machine-tool-part cutting-tool"
     " hand-tool railway-part bicycle-part oil-gas-part power-plant-part aerospace-part"),
    ("Hóa chất công nghiệp|Vật tư công nghiệp", "Chemicals", (TEXTILES, FOOTWEAR), "20290", "380991", 16, (500, 5_000),
     ("tonne", 60), "chemical-mixing metal-cleaning-recycling packing",
     "dyestuff tanning-chemical ink lubricant adhesive* pu-foam plating-chemical abrasive biodegradable-plastics",
     "packaging-machine spectrometer", "protective-film-tape abrasive-tool"),
    ("Năng lượng mới|Thiết bị văn phòng|Viễn thông", "Energy and Office Systems", (HIGH_TECH, ELECTRONICS), "27900",
     "854140", 46, (50, 300), ("set", 2_000), "assembly* electronics* riveting adhesive-bonding brazing",
     "magnet-material battery-material* thermosets* precious-metals lead-tin tungsten-molybdenum shape-clad-metal",
     "automation-machine dispensing-machine aoi-machine",
     "new-energy-part* lighting-part mobile-phone-part computer-part printer-part telecom-part"
     " semiconductor-equipment-part"),
)  # fmt: skip
# Spelt with fewer letters a name says too little of what it is.
_TELLING = 4
_CERTIFICATES = (
    *("iso-9001", "iso-14001", "iatf-16949", "rohs", "iso-45001", "reach", "five-s", "ul", "iso-13485", "bsci"),
    *("cnht-confirmation", "iso-50001", "sa-8000", "fsc", "oeko-tex", "ce-mark", "grs", "vda-6-3", "ipc-a-610"),
    *("iso-3834", "as9100", "jis-mark", "smeta", "ecovadis", "rba", "iecq-qc-080000", "en-1090", "aeo", "tcvn"),
    *("iso-22000", "iso-27001", "wrap", "haccp", "tpm", "kc-mark", "pse-mark", "kaizen-lean", "iso-14064"),
)


@cache
def lines() -> tuple[Line, ...]:
    return tuple(
        Line(tuple(str(row[0]).split("|")), *row[1:8], *(_concepts(str(codes)) for codes in row[8:]))  # type: ignore[arg-type]
        for row in _TABLE
    )


@cache
def certificates() -> tuple[Named, ...]:
    """The commonest first."""
    return tuple(_named(taxonomy().concept(code)) for code in _CERTIFICATES)


def _concepts(codes: str) -> tuple[Named, ...]:
    known, found = taxonomy(), dict[str, None]()
    for code in codes.split():
        found[code.removesuffix("*")] = None
        if code.endswith("*"):
            below = known.descendants(code.removesuffix("*"))
            found |= dict.fromkeys(concept.code for concept in known if concept.code in below)
    return tuple(_named(known.concept(code)) for code in found)


def _named(concept: Concept) -> Named:
    """Names that mean this concept alone, written as in a list: with a capital."""
    plain = [
        name
        for name in concept.names("vi")
        if ("vi", name) not in concept.doubtful and (len(name) >= _TELLING or name == concept.label("vi"))
    ]
    return Named(concept.code, tuple(name[:1].upper() + name[1:] for name in plain))
