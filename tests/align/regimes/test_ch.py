"""Switzerland: names made of parts with spellings, the last of all changes; no real file was at hand."""

from datetime import date

from tests.align.lists import by_id, read_sample

from konvoi.align.listing import Kind, NameKind


def test_the_day_and_the_programme_stand_in_the_list_itself() -> None:
    found = read_sample("ch")
    one = by_id(found.listings)["100"]
    assert (found.day, one.programme) == (date(2031, 5, 30), "Measures against the example")
    assert [m.act for m in one.measures] == ["Measures against the example, annex 8"]


def test_spellings_of_parts_make_whole_names_script_by_script() -> None:
    one = by_id(read_sample("ch").listings)["100"]
    assert {(n.text, n.kind) for n in one.names} == {
        ("Ivan Sample", NameKind.PRIMARY),
        ("Ivan Sampel", NameKind.VARIATION),
        ("Иван Сампле", NameKind.ORIGINAL),
        ("Vanya", NameKind.WEAK),
    }
    assert (one.names[0].family, one.names[0].given) == ("Sample", "Ivan")


def test_a_target_counts_by_the_last_of_its_changes_and_since_the_first() -> None:
    """110 was delisted last; what 100 looked like before its amendment is no name of it."""
    found = read_sample("ch")
    assert sorted(by_id(found.listings)) == ["100", "120"]
    one = by_id(found.listings)["100"]
    assert one.since is not None
    assert (one.since.first, found.facts["delisted"]) == (date(2030, 2, 1), 1)


def test_a_target_without_a_name_is_reported_with_its_line_and_the_rest_is_read() -> None:
    found = read_sample("ch")
    assert [(f.code, f.place.file, f.read) for f in found.findings] == [
        ("reader-untried", "list.xml", ""),
        ("entry-row", "list.xml", "130"),
    ]
    assert by_id(found.listings)["120"].kind == Kind.SHIP
    assert [i.value for i in by_id(found.listings)["120"].identifiers] == ["9074729"]
