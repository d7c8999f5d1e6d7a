"""Any table of parties is read by the usual names of its columns; what cannot be read of it is told."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from konvoi.align.asking import Asked, believable
from konvoi.align.listing import Kind, NameKind
from konvoi.align.roles import Role
from konvoi.align.span_text import span_text
from konvoi.align.tabled import asked, headed
from konvoi.model.finding import Finding


def read(head: str, *rows: str) -> tuple[tuple[Asked, ...], tuple[Finding, ...]]:
    names = head.split(",")
    return asked(
        [dict(zip(names, row.split(","), strict=False)) for row in rows], names, "t.csv", frozenset()
    )


def test_columns_are_known_in_three_languages() -> None:
    assert set(headed(["Firma", "Art", "Geburtsdatum", "Nummern"])) == {"name", "kind", "births", "other"}
    assert set(headed(["назва", "вид", "дата народження", "ЄДРПОУ"])) == {"name", "kind", "births", "edrpou"}
    assert headed(["colour"]) == {}


def test_a_person_a_company_and_a_ship() -> None:
    (person, company, ship), told = read(
        "Name,Kind,DOB,IMO,LEI,Country",
        "Ann Sample,,1971-04-12,,,",
        "Sample Works,company,,,EXER00SORVANE0000030,",
        "Sample Star,vessel,,IMO 0417007,,",
    )
    assert [one.kind for one in (person, company, ship)] == [Kind.PERSON, Kind.ENTITY, Kind.SHIP]
    assert company.known.identifiers[0].value == "EXER00SORVANE0000030"
    assert ship.known.identifiers[0].type == "imo-ship"
    assert (ship.roles, Role.HULL in company.roles) == (frozenset({Role.HULL}), False)
    assert told == ()


def test_given_and_family_names_are_one_name_and_aliases_are_others() -> None:
    ((one,), _) = read("first name,surname,aliases,role", "Ann,Sample,Anna Sampel; Анна Семпл,supplier")
    assert [(name.text, name.kind) for name in one.known.names] == [
        ("Ann Sample", NameKind.PRIMARY),
        ("Anna Sampel", NameKind.ALSO),
        ("Анна Семпл", NameKind.ALSO),
    ]
    assert one.roles == {Role.SUPPLIER}


def test_what_cannot_be_read_is_told_and_the_rest_is_screened() -> None:
    parties, told = read("name,kind,dob,imo", "Ann,robot,soon,1234567", ",person,1971,", ",,,")
    assert [one.name for one in parties] == ["Ann"]
    assert [(one.code, one.place.row, one.place.column) for one in told] == [
        ("screened-cell", 2, "births"),
        ("screened-cell", 2, "kind"),
        ("screened-cell", 2, "identifiers"),
        ("screened-row", 3, ""),
    ]
    assert [one.place.named for one in told] == ["dob", "kind", "imo", ""]


def test_an_impossible_day_counts_as_its_year_and_is_told() -> None:
    parties, told = read(
        "name,kind,dob",
        "Ann,person,1961-02-30",
        "Bob,person,13/13/1961",
        "Cem,person,29 février 1961",
        "Dan,person,1961-2-3",
        "Eve,person,3. Mai 1961",
        "Fey,person,3 травня 1961 р.",
        "Gil,person,00/00/1961",
    )
    spans = [
        span_text(one.days.first, one.days.last) for who in parties for one in who.known.births if one.days
    ]
    assert spans == ["1961", "1961", "1961", "1961-02-03", "1961-05-03", "1961-05-03", "1961"]
    assert [(one.code, one.place.row, one.values["used"]) for one in told] == [
        ("screened-birth", row, "1961") for row in (2, 3, 4)
    ]


def test_a_birth_to_come_or_too_long_ago_tells_nobody_apart() -> None:
    parties, _ = read("name,kind,dob", "Ann,person,2061-05-03", "Bob,person,1900-01-01", "Cem,person,1961")
    kept, told = believable(parties, date(2026, 11, 25))
    assert [len(one.known.births) for one in kept] == [0, 0, 1]
    assert [(one.code, one.place.row, one.read) for one in told] == [
        ("screened-age", 2, "2061-05-03"),
        ("screened-age", 3, "1900-01-01"),
    ]


def test_a_row_with_a_number_and_no_name_is_screened() -> None:
    parties, told = read("name,lei", ",EXER00SORVANE0000030")
    assert [(one.party, one.name) for one in parties] == [("row 2", "")]
    assert told == ()


def test_two_rows_with_one_id_are_two_parties() -> None:
    parties, _ = read("id,name", "A,Ann", "A,Bob")
    assert [one.party for one in parties] == ["A", "A (row 3)"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), max_size=5))
def test_no_cell_raises_and_each_row_is_a_party_or_told(cells: list[list[str]]) -> None:
    names = ["name", "kind", "dob", "identifiers"]
    rows = [dict(zip(names, row, strict=True)) for row in cells]
    parties, told = asked(rows, names, "t.csv", frozenset())
    lost = {one.place.row for one in told if one.code == "screened-row"}
    blank = {at for at, row in enumerate(rows, 2) if not any(" ".join(text.split()) for text in row.values())}
    assert len(parties) + len(lost | blank) >= len(rows)


def test_a_cell_with_two_persons_gives_both_names_and_signs_that_show_nothing_go() -> None:
    parties, _ = read(
        "name,kind", "Ann Sample and Bob Other,person", "Ann; Bob,person", "C\u200bem\u202e,person"
    )
    names = [[name.text for name in one.known.names] for one in parties]
    assert names == [
        ["Ann Sample and Bob Other", "Ann Sample", "Bob Other"],
        ["Ann; Bob", "Ann", "Bob"],
        ["Cem"],
    ]
    ((firm,), _) = read("name,kind", "Ann and Bob Ltd,company")
    assert [name.text for name in firm.known.names] == ["Ann and Bob Ltd"]
