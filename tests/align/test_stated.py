"""Rows of ownership.csv: what is read, what becomes a question, what a finding."""

from decimal import Decimal

from konvoi.align.stated import stated

HEAD = "owner,owned,share,source,day\n"


def test_ownership_csv_reports_each_cell_that_cannot_be_read_and_leaves_no_link_out() -> None:
    """A share that cannot be read is not stated, and so a question; without a name there is no link."""
    good, told = stated(f"{HEAD}A,B,50 %,r,2031-01-01\n,B,1,,\nA,C,140,,\nA,D,,,31.1.2031\nA,E,x,,\n")
    assert [(one.owner, one.owned, one.percent) for one in good] == [
        ("A", "B", Decimal(50)),
        ("A", "C", None),
        ("A", "D", None),
        ("A", "E", None),
    ]
    assert [(one.code, one.place.row, one.place.column) for one in told] == [
        ("ownership-row", 3, "owner"),
        ("ownership-share", 4, "share"),
        ("ownership-day", 5, "day"),
        ("ownership-share", 6, "share"),
        ("ownership-undated", 4, "day"),
    ]
    assert [one.code for one in stated("x,y\n1,2\n")[1]] == ["ownership-broken"]
    assert stated("") == ((), ())


def test_shares_in_words_and_ranges_are_ranges_or_questions_and_never_numbers_of_their_own() -> None:
    texts = (
        "25-50 %",
        "between 25 and 50",
        "more than 50 %",
        "75+",
        "up to 25",
        "about half",
        "majority",
        "1/2",
    )
    good, told = stated(HEAD + "".join(f"A,B{at},{text},r,2031-01-01\n" for at, text in enumerate(texts)))
    assert [(one.percent, one.most) for one in good] == [
        (Decimal(25), Decimal(50)),
        (Decimal(25), Decimal(50)),
        (Decimal(50), Decimal(100)),
        (Decimal(75), Decimal(100)),
        (Decimal(0), Decimal(25)),
        (None, None),
        (None, None),
        (None, None),
    ]
    assert [(one.code, one.read) for one in told] == [("ownership-share", one) for one in texts[-3:]]


def test_a_column_of_fractions_is_not_read_as_percent() -> None:
    good, told = stated(f"{HEAD}A,B,0.55,r,2031-01-01\nA,C,1,r,2031-01-01\nA,D,60,r,2031-01-01\n")
    assert [one.percent for one in good] == [None, None, Decimal(60)]
    assert [one.place.row for one in told] == [2, 3]
    assert stated(f"{HEAD}A,B,1,r,2031-01-01\nA,C,0.5 %,r,2031-01-01\n")[1] == ()


def test_a_file_that_breaks_off_keeps_the_rows_above_it() -> None:
    good, told = stated(f'{HEAD}A,B,50,r,2031-01-01\nA,"C,50,r,2031-01-01\nA,D,50,r,2031-01-01\n')
    assert [one.owned for one in good] == ["B"]
    assert [(one.code, one.place.row) for one in told] == [("ownership-broken", 3)]


def test_a_row_with_more_cells_than_the_head_has_no_share_that_counts() -> None:
    """33,3 without quotes are two cells."""
    good, told = stated(f"{HEAD}A,B,33,3,r,2031-01-01\n")
    assert [one.percent for one in good] == [None]
    assert ("ownership-share", "33,3,r,2031-01-01") in [(one.code, one.read) for one in told]
