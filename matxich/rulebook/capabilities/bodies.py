"""Certification bodies by the names certificates give them. Being listed says nothing of accreditation."""

from matxich.rulebook.capabilities.scanning import Known

_TABLE = """
TÜV SÜD: TUV SUD, TÜV SUD
TÜV NORD
TÜV Rheinland: TÜV Rhineland
TÜV Austria
SGS
BSI: British Standards Institution
Bureau Veritas: BV, BVQI, BVC
QUACERT: Quacert Việt Nam, Trung tâm chứng nhận phù hợp
DNV: DNV GL, DNV-GL, Det Norske Veritas
LRQA: Lloyd's Register, Lloyds Register
Intertek
JQA: Japan Quality Assurance
JIA-QA
JACO
DQS
AFNOR
KCL
KTR
KFQ
KMR
KSA
KAB
KTL
IQC
ICR
NQA
UL: UL Solutions, Underwriters Laboratories
URS
GIC
AJA
ISOQAR: Alcumus ISOQAR
ABS QE: ABS Quality Evaluations
Apave
RINA
Kiwa
Control Union
Vinacontrol: Vinacontrol CE
Vinacert
VinaCB
Quatest 1: Quatest1, QUATEST-1
Quatest 2: Quatest2, QUATEST-2
Quatest 3: Quatest3, QUATEST-3
KNA Cert: KNA
ICB
Good Vietnam: Chứng nhận Good
TQC: TQC CGLOBAL
Opacontrol
Isocert
Smacert: SMEDEC, SMEDEC 2
CQC
China Classification Society: CCS
Nippon Kaiji Kentei Quality Assurance: NKKKQA
Perry Johnson Registrars: PJR
WQA
Certifications Partner Global: CPG
"""
_KNOWN = Known(_TABLE)
BODIES = _KNOWN.names
KNOWN = _KNOWN.pattern


def body_name(text: str) -> str | None:
    """The kept name of a body that is the whole text; None when it is not known."""
    return _KNOWN.name(text)
