"""What the loader refuses, each by name and with the place; and what a loaded taxonomy answers."""

from unicodedata import normalize

import pytest

from matxich.rulebook.taxonomy import Scheme, load, loading
from tests.rulebook.taxonomy.world import HEADER, csv, small

MILLING = "milling,,,phay,milling,フライス加工,밀링,,,,"
TURNING = "turning,,,tiện,turning,旋盤加工,선반,,,,"


@pytest.mark.parametrize(
    ("fault", "line", "text"),
    [
        (loading.DuplicateCode, 3, csv(MILLING, "milling,,,tiện,turning,旋盤,선반,,,,")),
        (loading.DuplicatePhrase, 3, csv(MILLING, "turning,,,tiện,turning,旋盤,선반,Phay,,,")),
        (loading.DuplicatePhrase, 2, csv("milling,,,phay,milling,フライス,밀링,phay đứng|phay đứng,,,")),
        (loading.DuplicatePhrase, 3, csv("milling,,,phay,milling,フライス,밀링,ép,,,", TURNING[:-4] + ",ép?,,,")),
        (loading.LonelyDoubt, 2, csv("milling,,,phay,milling,フライス,밀링,ép?,,,")),
        (loading.Orphan, 2, csv("milling,machining,,phay,milling,フライス,밀링,,,,")),
        (loading.UnknownRelated, 2, csv("milling,,steel,phay,milling,フライス,밀링,,,,")),
        (loading.Cycle, 2, csv("milling,turning,,phay,mill,仏,밀링,,,,", "turning,milling,,tiện,turn,旋盤,선반,,,,")),
        (loading.Cycle, 2, csv("milling,milling,,phay,milling,フライス,밀링,,,,")),
        (loading.MissingLabel, 2, csv("milling,,,,milling,フライス,밀링,,,,")),
        (loading.MissingLabel, 2, csv("milling,,,phay,,フライス,밀링,,,,")),
        (loading.MissingLabel, 2, csv("milling,,,phay,milling, ,밀링,,,,")),
        (loading.MissingLabel, 2, csv("milling,,,phay,milling,フライス,,,,,")),
        (loading.NotComposed, 2, csv(normalize("NFD", "turning,,,tiện,turning,旋盤,선반,,,,"))),
        (loading.UnknownColumn, 1, csv(MILLING, header=HEADER.replace("ko_also", "zh_also"))),
        (loading.UnknownColumn, 1, csv(MILLING, header=HEADER.replace("vi,en", "en,vi"))),
        (loading.UnknownColumn, 2, csv(MILLING + ",")),
        (loading.EmptyScheme, 0, csv()),
        (loading.SynonymIsLabel, 2, csv("milling,,,phay,milling,フライス,밀링,PHAY,,,")),
        (loading.BadCode, 2, csv("CNC_Milling,,,phay,milling,フライス,밀링,,,,")),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_where_it_is_wrong(fault: type[loading.TaxonomyFault], line: int, text: str) -> None:
    with pytest.raises(loading.TaxonomyFault) as told:
        load({Scheme.PROCESSES: text})
    assert (type(told.value), told.value.file, told.value.line) == (fault, "processes.csv", line)
    assert told.value.hint
    assert str(told.value).startswith(f"processes.csv:{line}: ")


def test_codes_are_unique_over_the_schemes_and_broader_stays_inside_one() -> None:
    with pytest.raises(loading.DuplicateCode) as told:
        load({Scheme.PROCESSES: csv(MILLING), Scheme.MACHINES: csv(MILLING)})
    assert told.value.file == "machines.csv"
    with pytest.raises(loading.Orphan):
        load(
            {Scheme.PROCESSES: csv(MILLING), Scheme.MACHINES: csv(TURNING.replace("turning,,", "turning,milling,", 1))}
        )


def test_the_same_name_may_stand_in_two_schemes() -> None:
    assert len(load({Scheme.PROCESSES: csv(MILLING), Scheme.PARTS: csv(MILLING.replace("milling,", "mills,", 1))})) == 2


def test_broader_and_narrower() -> None:
    taxonomy = small()
    assert taxonomy.ancestors("cnc-milling") == {"cnc-machining", "milling", "machining"}
    assert taxonomy.ancestors("machining") == frozenset()
    assert [child.code for child in taxonomy.children("casting")] == ["die-casting"]
    assert taxonomy.descendants("plating") == {"zinc-plating"}
    assert "cnc-milling" in taxonomy.descendants("machining")
    assert taxonomy.concept("turning").related == ("sus304",)
    assert taxonomy.concept("wire-edm").names("vi") == ("cắt dây EDM", "cắt dây")
    assert [concept.code for concept in taxonomy.of(Scheme.MATERIALS)] == ["stainless", "sus304"]
    with pytest.raises(KeyError):
        taxonomy.concept("nothing")


def test_the_version_follows_the_text() -> None:
    one, same = (load({Scheme.PROCESSES: csv(MILLING)}).version for _ in range(2))
    assert one == same
    assert one != load({Scheme.PROCESSES: csv(MILLING, TURNING)}).version
