"""A file that is too large to be held is counted, and its findings are told within bounds."""

import io

from konvoi.intake import survey as surveys
from konvoi.intake.read import read
from konvoi.intake.survey import KEPT, survey, survey_wire
from konvoi.intake.wire import unpacked_reading
from konvoi.model.document import Document, Reading

HEAD = '<iati-activities version="2.03">\n'
TAIL = "</iati-activities>\n"


def activity(name: str, *payments: str) -> str:
    """An activity that pays amounts out."""
    transactions = "".join(
        f'<transaction><transaction-type code="3"/><transaction-date iso-date="2031-01-01"/>'
        f'<value currency="EUR" value-date="2031-01-01">{payment}</value></transaction>\n'
        for payment in payments
    )
    return (
        f"<iati-activity><iati-identifier>{name}</iati-identifier>"
        f'<reporting-org ref="XX-1" type="10"><narrative>X</narrative></reporting-org>{transactions}'
        "</iati-activity>\n"
    )


def counted(text: str, *, validate: bool = False) -> Reading:
    return survey(io.BytesIO(text.encode()), Document("a.xml", b"", "AR"), digest="d", validate=validate)


def test_it_counts_what_a_whole_reading_holds() -> None:
    text = HEAD + activity("A-1", "1.00", "2.00") + activity("A-2", "3.00") + activity("A-2", "3.00") + TAIL
    whole = read(Document("a.xml", text.encode(), "AR"))
    found = counted(text, validate=True)
    assert whole.entries.height == int(found.facts["entries"])
    rows = {name: str(rows.height) for name, rows in whole.tables.items()}
    assert rows == {name: found.facts[f"rows of {name}"] for name in rows}
    told = [one.code for one in found.findings]
    assert told == [*(one.code for one in whole.findings), "file-streamed"]
    assert (found.party, found.digest, found.entries.height) == ("AR", "d", 0)


def test_findings_are_counted_all_and_listed_to_a_bound() -> None:
    many = activity("A-1", *["much"] * (KEPT + 5))
    found = counted(HEAD + many + TAIL)
    (note,) = (one for one in found.findings if one.code == "file-streamed")
    left = sum(int(number) for name, number in found.facts.items() if name.startswith("warning"))
    assert left == KEPT + 5
    assert int(note.values["left"]) == KEPT + 5 + 1 - (len(found.findings) - 2)


def test_a_file_that_breaks_off_is_refused_and_nothing_of_it_is_told() -> None:
    found = counted(HEAD + activity("A-1", "1.00"))
    assert found.refused
    assert [one.code for one in found.findings] == ["xml-broken"]


def test_it_comes_back_from_the_child_as_it_was() -> None:
    text = (HEAD + activity("A-1", "1.00") + TAIL).encode()
    found = unpacked_reading(survey_wire(io.BytesIO(text), "a.xml", "AR", "d"))
    assert found.facts == counted(text.decode()).facts
    assert surveys.STREAMED in found.facts


def test_a_large_file_is_checked_against_the_standard_only_when_asked() -> None:
    text = HEAD + activity("A-1", "1.00") + TAIL
    assert "iati-schema" not in {one.code for one in counted(text).findings}
    assert [one.code for one in counted(text).findings][-1] == "iati-not-validated"
    assert "iati-schema" in {one.code for one in counted(text, validate=True).findings}
