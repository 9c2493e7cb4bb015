"""A small taxonomy of the tests' own."""

from matxich.rulebook.taxonomy import Scheme, Taxonomy, load

HEADER = "code,broader,related,vi,en,ja,ko,vi_also,en_also,ja_also,ko_also"
PROCESSES = (
    "machining,,,gia công cơ khí,machining,機械加工,기계 가공,cắt gọt,,切削加工,절삭 가공",
    "cnc-machining,machining,,gia công CNC,CNC machining,CNC加工,CNC 가공,CNC,CNC,CNC,CNC",
    "milling,machining,,phay,milling,フライス加工,밀링 가공,,,フライス,",
    "cnc-milling,cnc-machining|milling,,phay CNC,CNC milling,CNCフライス加工,CNC 밀링,,VMC machining,,",
    "turning,machining,sus304,tiện,turning,旋盤加工,선반 가공,,lathe work,,",
    "centerless-grinding,machining,,mài vô tâm,centerless grinding,センタレス研削,센터리스 연삭,,,,",
    "wire-edm,machining,,cắt dây EDM,wire EDM,ワイヤ放電加工,와이어 방전 가공,cắt dây,wire cut,ワイヤーカット,와이어컷",
    "casting,,,đúc,casting,鋳造,주조,,,,",
    "die-casting,casting,,đúc áp lực,die casting,ダイカスト,다이캐스팅,ép?,,,",
    "injection,,,ép phun nhựa,injection moulding,射出成形,사출 성형,ép?|ép nhựa,plastic injection,,",
    "quenching,,,tôi,quenching,焼入れ,담금질,,hardening,,",
    "welding,,,hàn,welding,溶接,용접,,,,",
    "plating,,,mạ,plating,めっき,도금,,,,",
    "zinc-plating,plating,,mạ kẽm,zinc plating,亜鉛めっき,아연 도금,,galvanizing,,",
    "tapping,machining,,ta rô,tapping,タップ加工,탭 가공,,,,",
)
MATERIALS = (
    "stainless,,,thép không gỉ,stainless steel,ステンレス,스테인리스강,inox,stainless,,스텐",
    "sus304,stainless,,inox 304,SUS304 stainless steel,SUS304,STS304,thép không gỉ 304|SUS304|304,SUS304|304,"
    "ステンレス304,SUS304|스텐304",
)
CERTIFICATES = (
    "iso-9001,,,ISO 9001,ISO 9001 quality management,ISO 9001 品質,ISO 9001 품질,,ISO 9001,ISO 9001,ISO 9001",
    "iso-14001,,,ISO 14001,ISO 14001 environment,ISO 14001 環境,ISO 14001 환경,,ISO 14001,ISO 14001,ISO 14001",
    "iatf-16949,,,IATF 16949,IATF 16949 automotive,IATF 16949 自動車,IATF 16949 자동차,TS 16949|ISO/TS 16949,TS 16949,"
    "TS 16949,TS 16949",
    "bsci,,,Đánh giá BSCI,amfori BSCI audit,amfori BSCI 監査,amfori BSCI 심사,BSCI,BSCI,BSCI,BSCI",
)


def csv(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def small() -> Taxonomy:
    return load(
        {
            Scheme.PROCESSES: csv(*PROCESSES),
            Scheme.MATERIALS: csv(*MATERIALS),
            Scheme.CERTIFICATES: csv(*CERTIFICATES),
        }
    )
