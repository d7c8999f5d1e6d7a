"""Latvia: an XML in a namespace of its own; no real file was at hand."""

from tests.align.lists import BY_NAME, DAY, by_id, opened, read_sample

from konvoi.align.listing import Kind, NameKind


def test_persons_and_organisations_are_told_apart_by_their_type() -> None:
    found = by_id(read_sample("lv").listings)
    assert {key: one.kind for key, one in found.items()} == {"11": Kind.PERSON, "12": Kind.ENTITY}
    assert [(n.text, n.kind) for n in found["11"].names] == [
        ("Ivan Sample", NameKind.PRIMARY),
        ("Vanya Sample", NameKind.ALSO),
    ]
    assert [(i.type, i.value) for i in found["11"].identifiers] == [("passport", "C2002515")]


def test_an_element_without_a_name_is_reported_with_its_line_and_the_rest_is_read() -> None:
    found = read_sample("lv")
    assert [(f.code, f.place.row) for f in found.findings] == [("reader-untried", 0), ("entry-row", 15)]


def test_another_xml_is_refused() -> None:
    other = opened("other.xml", b"<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>")
    assert BY_NAME["lv"].read([other], DAY).refused
