"""Passages around records: members of objects by their path, parts of the one element that is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.passages import passages
from konvoi.model.document import Document

RELEASES = (
    b'{"releases": [{}, {"contracts": '
    b'[{"id": "C", "items": [{"quantity": 20}], "value": {"amount": 1.50}}]}]}'
)
ACTIVITIES = b"""<iati-activities>
<iati-activity><transaction><value currency="EUR">5</value></transaction></iati-activity>
<iati-activity><title>T</title>
<transaction><value>6</value></transaction>
<transaction><value>7</value></transaction></iati-activity>
</iati-activities>"""
ON_ONE_LINE = b"<D><Line><Q>1</Q></Line><Line><Q>2</Q></Line></D>"


def test_members_below_an_object_are_named_by_their_path() -> None:
    spot = ("releases[1].contracts", 1)
    assert passages(Document("a.json", RELEASES), [spot, ("releases[7].contracts", 1)]) == {
        spot: (("id", "C"), ("items[0].quantity", "20"), ("value.amount", "1.50"))
    }


def test_an_element_is_found_by_its_path_and_line() -> None:
    first, last = ("iati-activity[1]/transaction[1]", 2), ("iati-activity[2]/transaction[2]", 5)
    other = ("iati-activity[2]/transaction[1]", 5)
    assert passages(Document("a.xml", ACTIVITIES), [first, last, other]) == {
        first: (("value", "5"), ("value/@currency", "EUR")),
        last: (("value", "7"),),
    }


def test_records_within_a_record_have_passages_of_their_own() -> None:
    """What is shown of a record depends on no other: a hidden one within it is never in its passage."""
    whole, part = ("iati-activity[2]", 3), ("iati-activity[2]/transaction[1]", 4)
    found = passages(Document("a.xml", ACTIVITIES), [whole, part])
    assert found == {whole: (("title", "T"), ("transaction/value", "7")), part: (("value", "6"),)}
    spots = [("releases[1].contracts", 1), ("releases[1].contracts[0].items", 1)]
    assert passages(Document("a.json", RELEASES), spots) == {
        spots[0]: (("id", "C"), ("value.amount", "1.50")),
        spots[1]: (("quantity", "20"),),
    }


def test_several_elements_that_may_be_meant_have_no_passage() -> None:
    assert passages(Document("a.xml", ON_ONE_LINE), [("Line", 1)]) == {}


def test_the_text_of_a_pdf_is_in_its_records() -> None:
    assert passages(Document("a.pdf", b"%PDF-1.7\n1 0 obj"), [("page 1", 1)]) == {}


@given(st.binary(max_size=80), st.sampled_from([b"", b"<a>", b"{", b"%PDF-"]))
def test_damaged_documents_never_raise(content: bytes, start: bytes) -> None:
    passages(Document("a", start + content), [("a", 1), ("data[0].flows", 2), ("a/b[1]", 1)])


@pytest.mark.parametrize("path", ["a..b", "", "[0]", "a[0][1]", "a[99]"])
def test_a_path_that_leads_nowhere_has_no_passage(path: str) -> None:
    assert passages(Document("a.json", b'{"a": [[{"b": 1}]]}'), [(path, 1)]) == {}
