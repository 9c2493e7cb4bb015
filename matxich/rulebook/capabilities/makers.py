"""Makers of machines by the names lists give them. Names are facts; no maker is rated."""

from matxich.rulebook.capabilities.scanning import Known

# The name kept, then other spellings.
_TABLE = """
Mazak: Yamazaki Mazak
Okuma
DMG Mori: DMG-Mori, DMG MORI SEIKI, Mori Seiki, Deckel Maho
Haas: Haas Automation
Fanuc: Fanuc Robodrill, Robodrill, Fanuc Robocut, Robocut, Fanuc Roboshot, Roboshot
Sodick
Makino
Brother
DN Solutions: Doosan, Doosan Machine Tools, Doosan Infracore, DN-Solutions, Daewoo
Hyundai Wia: Hyundai-Wia, Huyndai Wia, Wia
Hwacheon
Samsung Machine Tools
SMEC
Takisawa
Takamaz: Takamatsu
Tsugami
Star Micronics
Citizen: Citizen Cincom, Cincom
Miyano
Nakamura-Tome: Nakamura Tome, Nakamura
Mitsubishi: Mitsubishi Electric
Mitsubishi Heavy
Charmilles: GF Machining, GF Agie Charmilles, AgieCharmilles, Agie
Hermle
Hurco
Hardinge
Matsuura
OKK
Kitamura
Enshu
Howa
Toyoda
JTEKT
Okamoto
Kuroda
Amada
Trumpf
Bystronic
Mitsui Seiki
Murata: Muratec
Komatsu
Aida
Chin Fong: Chinfong
SEYI
Washino
Kyori
Yamada Dobby: Yamada
Bruderer
Schuler
Simpac
Accurl
Durma
Han's Laser: Hans Laser
HSG Laser: HSG
Bodor
Leadwell
Victor Taichung: Victor
Fair Friend: Feeler
YCM
Hartford
Quaser
Awea
Tongtai
Goodway
Akira Seiki
Litz
Chevalier
Kent
Haitian
Toshiba Machine: Toshiba
Shibaura Machine: Shibaura
Sumitomo: Sumitomo Demag, SHI Demag
Nissei
JSW: Japan Steel Works
Niigata
Meiki
Toyo
LS Mtron: LS-Mtron, LSMtron
Woojin: Woojin Plaimm, Woojin Selex
Dongshin
Engel
Arburg
KraussMaffei: Krauss Maffei
Demag
Chen Hsong: Chenhsong
Yizumi
Victory
Borche
Zhafir
Fu Chun Shin: FCS
Ube
Toyo Machinery
Buhler: Bühler
Frech
Yamaha
Juki
Panasonic
Fuji
Hanwha: Hanwha Techwin
Samsung Techwin
Siemens
ASM
Koh Young
Omron
Yaskawa: Motoman
Kuka
ABB
Kawasaki
Nachi
Universal Robots
Daihen: OTC Daihen
Lincoln Electric: Lincoln
Kemppi
Esab
Mitutoyo
Zeiss: Carl Zeiss
Hexagon: Hexagon Metrology
Keyence
Nikon
Tokyo Seimitsu: Accretech
Wenzel
Renishaw
Leica
Olympus
Shimadzu
Instron
Vision Engineering
Kobelco
Hitachi
Atlas Copco
Ingersoll Rand
Stratasys
EOS
3D Systems
"""
_KNOWN = Known(_TABLE)
MAKERS = _KNOWN.names
# Names of series say which machine it is: they stay in the model.
SERIES = frozenset(("robodrill", "robocut", "roboshot"))
KNOWN = _KNOWN.pattern


def maker_name(text: str) -> str | None:
    """The kept name of a maker that is the whole text; None when it is not known."""
    return _KNOWN.name(text)
