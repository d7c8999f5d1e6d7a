"""A number is read alike in each column that may hold it whatever separates its groups; others are none."""

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konvoi.align.listing import Identifier, Kind
from konvoi.align.numbers import ids, imo, labelled_ids, own_ids
from konvoi.align.tabled import asked
from konvoi.align.us.remarks import remarks
from konvoi.align.written import plain, read_all, read_at

LEI = "529900T8BM49AURSDO55"
# Published numbers of banks, ministries, ships and a company of ships; the passport is invented.
SHAPED = {
    "imo-ship": ("9074729", ("IMO ", "IMO No. ", "IMO: ", "ІМО № ", "vessel IMO ")),
    "imo-company": ("5213962", ("IMO ", "company IMO: ", "IMO company number ")),
    "inn": ("7707083893", ("INN ", "ИНН: ", "INN No. ", "ИНН № ")),
    "ogrn": ("1027700132195", ("OGRN ", "ОГРН: ", "PSRN No. ")),
    "kpp": ("773601001", ("KPP ", "КПП: ")),
    "edrpou": ("00032129", ("EDRPOU ", "ЄДРПОУ: ", "ЄДРПОУ № ")),
    "rnokpp": ("2086000524", ("RNOKPP ", "РНОКПП: ")),
    "lei": (LEI, ("LEI ", "LEI: ", "LEI code: ")),
    "swift": ("SABRRUMMXXX", ("SWIFT ", "BIC: ", "SWIFT/BIC ")),
}
LOOSE = {
    "passport": ("EC922162", ("passport ", "Passport No. ", "паспорт № ")),
    "national-id": ("43018273", ("national ID ", "ID card no. ", "Personalausweis: ")),
    "tax": ("43018273", ("tax ID ", "VAT number: ")),
    "registration": ("43018273", ("registration number ", "company number: ")),
}
SEPARATORS = ("", " ", "\u00a0", "\u202f", "-", ".", "/", "\u2013", "\u2011")
CASES = {**SHAPED, **LOOSE}


def cut(type: str, value: str, separator: str) -> str:
    """A number in groups as they are written: of four letters and digits, or a series and the rest."""
    at = [2] if type in LOOSE else [4, 6, 8] if type == "swift" else range(4, len(value), 4)
    edges = [0, *at, len(value)]
    return separator.join(value[a:b] for a, b in pairwise(edges))


def kind(type: str) -> Kind:
    if type == "imo-ship":
        return Kind.SHIP
    return Kind.PERSON if type in ("passport", "national-id", "rnokpp") else Kind.ENTITY


def told(found: tuple[Identifier, ...]) -> list[tuple[str, str]]:
    assert all(one.valid is not False for one in found)
    return [(one.type, one.value) for one in found]


def row(column: str, text: str, kind: str = "") -> tuple[list[tuple[str, str]], list[str]]:
    (one, *_), findings = asked(
        [{"name": "Example", column: text, "kind": kind}], ["name", column, "kind"], "t.csv", frozenset()
    )
    return told(one.known.identifiers), [each.code for each in findings]


@pytest.mark.parametrize(("type", "separator"), list(product(CASES, SEPARATORS)))
def test_a_typed_column_gives_a_number_whatever_separates_its_groups(type: str, separator: str) -> None:
    value, labels = CASES[type]
    column = "imo" if type.startswith("imo") else type.replace("-", " ")
    for before in ("", "№ ", *labels):
        read = row(column, before + cut(type, value, separator), kind(type).value)
        assert read == ([(type, value)], [])


@pytest.mark.parametrize(("type", "separator"), list(product(CASES, SEPARATORS)))
def test_a_column_of_identifiers_gives_what_it_calls_by_name(type: str, separator: str) -> None:
    value, labels = CASES[type]
    for label, more in product(labels, ("", "; 12.03.2015", "; tel. +380 44 123 45 67", "; EUR 1,250,000")):
        read = row("identifiers", label + cut(type, value, separator) + more, kind(type).value)
        assert read == ([(type, value)], [])


@pytest.mark.parametrize(("type", "separator"), list(product(SHAPED, SEPARATORS)))
def test_a_field_of_a_list_gives_a_number_whatever_separates_its_groups(type: str, separator: str) -> None:
    value, labels = SHAPED[type]
    text = cut(type, value, separator)
    found = imo(text, kind(type)) if type.startswith("imo") else ids(type, text)
    assert told(found) == [(type, value)]
    if not type.startswith("imo") and type != "rnokpp":
        assert told(labelled_ids(f"A bank in Kyiv, {labels[0]}{text}, listed.")) == [(type, value)]
        assert told(labelled_ids(f"{text} ({labels[0].strip()})")) == [(type, value)]


@given(st.sampled_from(sorted(CASES)), st.sampled_from(sorted(CASES)), st.data())
@settings(max_examples=60, deadline=None)
def test_two_numbers_in_one_field_are_both_read(a: str, b: str, data: st.DataObject) -> None:
    """With labels and separators drawn anew; the same number twice is once."""
    texts = [
        data.draw(st.sampled_from(CASES[one][1]))
        + cut(one, CASES[one][0], data.draw(st.sampled_from(SEPARATORS)))
        for one in (a, b)
    ]
    found = own_ids("other", "; ".join(texts))
    assert {(a, CASES[a][0]), (b, CASES[b][0])} <= {
        (one.type, one.value) for one in found if one.valid is not False
    }


@pytest.mark.parametrize(
    "text",
    [
        *("12.03.2015", "2015-03-12", "12/03/2015", "12 March 2015", "12 березня 2015"),
        *("+380 44 123-45-67", "tel. 044 123 45 67", "(044) 123-45-67"),
        *("EUR 5 000 000", "1,250,000.00", "5 000 000 грн", "$1234567", "25 %"),
        *("not known", "see the annex", "n/a", "-", "does not exist"),
    ],
)
def test_a_day_a_phone_an_amount_or_a_phrase_is_no_number(text: str) -> None:
    for type in (*CASES, "other"):
        assert own_ids(type, text, russian=True) == ()
    for label in ("INN", "LEI", "IMO", "passport"):
        assert own_ids("other", f"{label}: {text}") == ()


def test_a_typed_cell_with_digits_that_gives_no_number_is_told() -> None:
    assert row("inn", "12.03.2015") == ([], ["screened-cell"])
    assert row("inn", "not known") == ([], [])


@pytest.mark.parametrize(
    ("kind", "number", "types"),
    [
        ("company", "5213962", ["imo-company"]),
        ("company", "9074729", ["imo-ship"]),
        ("ship", "9074729", ["imo-ship"]),
        ("", "5213962", ["imo-company"]),
        ("", "9074729", ["imo-ship"]),
        ("", "8000020", ["imo-ship", "imo-company"]),
    ],
)
def test_the_check_digit_tells_the_imo_number_of_a_company_from_a_ships(
    kind: str, number: str, types: list[str]
) -> None:
    for column, text in (("imo", number), ("identifiers", f"IMO {number}")):
        assert [type for type, _ in row(column, text, kind)[0]] == types


def test_two_labels_together_name_two_numbers_in_their_order() -> None:
    found = labelled_ids("ИНН/КПП 7707083893/773601001")
    assert told(found) == [("inn", "7707083893"), ("kpp", "773601001")]


def test_a_tax_id_that_is_called_inn_too_is_one_number() -> None:
    for text in ("Tax ID/INN 7707-0838-93", "INN / tax ID: 7707083893"):
        assert told(own_ids("other", text)) == [("inn", "7707083893")]


def test_a_company_number_that_a_list_calls_a_vessels_is_read_by_its_check_digit() -> None:
    found = remarks("Vessel Registration Identification IMO 5213962.", Kind.ENTITY, russian=False)
    assert told(tuple(found.identifiers)) == [("imo-company", "5213962")]


def test_remarks_of_a_company_give_the_imo_number_of_a_company() -> None:
    found = remarks(
        "Identification Number IMO 5213962; LEI 529900-T8BM49-AURSDO55.", Kind.ENTITY, russian=False
    )
    assert told(tuple(found.identifiers)) == [("imo-company", "5213962"), ("lei", LEI)]


@given(st.text(alphabet="INLEMOKP 0123456789.-/\u00a0()№,;+€abc", max_size=80))
def test_no_text_raises_and_each_number_that_is_read_holds(text: str) -> None:
    for type in (*CASES, "other"):
        own_ids(type, text, kind=Kind.ENTITY)
    for value, start, end in read_all("inn", plain(text)):
        assert read_at("inn", plain(text), start) == (value, end, True)


def test_a_long_text_is_read_in_a_moment() -> None:
    """Patterns whose time grows with a power of the length would not end here."""
    assert labelled_ids("A company of companies, " * 2000 + "INN") == ()
    assert own_ids("other", "abc 1.2-3/4 " * 2000 + "(INN)") is not None
