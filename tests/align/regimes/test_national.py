"""One table for lists of member states, with a mapping of its columns."""

from tests.align.lists import BY_NAME, DAY, by_id, opened, read_sample, sample

from konvoi.align.listing import Kind, NameKind, Order


def test_the_mapping_says_what_each_column_holds_and_the_usual_heads_need_none() -> None:
    one = by_id(read_sample("pl").listings)["1"]
    assert (one.kind, [(n.text, n.kind) for n in one.names]) == (
        Kind.PERSON,
        [
            ("Ivan Sample", NameKind.PRIMARY),
            ("Iwan Sampel", NameKind.ALSO),
            ("Vanya Sample", NameKind.ALSO),
        ],
    )
    assert [(m.order, m.act) for m in one.measures] == [
        (Order.ASSET_FREEZE, "Example act of 13 April 2031"),
        (Order.ENTRY_BAN, "Example act of 13 April 2031"),
    ]
    plain = opened("list.csv", b"Name,Date of birth,Measures,Listed on\nIvan Sample,1972,entry ban,2031\n")
    (bare,) = BY_NAME["ee"].read([plain], DAY).listings
    assert (bare.id, bare.kind, [m.order for m in bare.measures]) == (
        "ee:national:ivan sample:1972",
        Kind.PERSON,
        [Order.ENTRY_BAN],
    )


def test_family_and_given_names_may_stand_apart() -> None:
    plain = opened("list.csv", b"Surname,First name\nSample,Ivan\n")
    assert [one.name for one in BY_NAME["lt"].read([plain], DAY).listings] == ["Ivan Sample"]


def test_an_entry_without_a_name_is_reported_and_one_delisted_lists_nobody() -> None:
    found = read_sample("pl")
    assert (sorted(by_id(found.listings)), found.facts) == (["1", "2"], {"rows": 4, "delisted": 1})
    assert [(f.code, f.place.row) for f in found.findings] == [("reader-untried", 0), ("entry-row", 5)]


def test_a_mapping_that_cannot_be_used_refuses_the_list_and_names_what_is_wrong() -> None:
    (table, mapping) = sample("pl")
    for wrong, read in (
        ('[columns]\n"Lp." = "nonsense"', "nonsense"),
        ('orders = ["freezing"]', "freezing"),
        ("colour = 1", "colour"),
        ('delisted = "("', "missing ), unterminated subpattern at position 0"),
        ("[columns", "Expected ']'"),
    ):
        found = BY_NAME["pl"].read([table, opened(mapping.name, wrong.encode())], DAY)
        assert found.refused
        assert [(f.code, f.place.file, f.read[: len(read)]) for f in found.findings] == [
            ("mapping-wrong", "table.toml", read)
        ]


def test_a_name_in_the_mapping_that_heads_no_column_refuses_the_list() -> None:
    """Otherwise aliases in a renamed column would be lost without a word."""
    (table, mapping) = sample("pl")
    wrong = mapping.text.replace('"Inne zapisy"', '"Inne nazwy"')
    found = BY_NAME["pl"].read([table, opened(mapping.name, wrong.encode())], DAY)
    assert found.refused
    assert [(f.code, f.place.file, f.read) for f in found.findings] == [
        ("mapping-column", "table.toml", "Inne nazwy")
    ]


def test_one_mapping_may_serve_two_tables_with_other_columns() -> None:
    persons = opened("persons.csv", b"Who,Born\nIvan Sample,1972\n")
    firms = opened("firms.csv", b"Who,Kind,Register\nSample Plant,company,12345\n")
    mapping = opened("all.toml", b'[columns]\n"Who" = "name"\n"Register" = "registration"\n')
    found = BY_NAME["ee"].read([persons, firms, mapping], DAY)
    assert (found.refused, sorted(one.name for one in found.listings)) == (
        False,
        ["Ivan Sample", "Sample Plant"],
    )


def test_a_table_that_tells_no_persons_from_organisations_is_refused_without_a_kind() -> None:
    table = opened("list.csv", b"Name\nIvan Sample\n")
    found = BY_NAME["ee"].read([table], DAY)
    assert (found.refused, [f.code for f in found.findings]) == (True, ["kind-unstated"])
    said = opened("list.toml", b'kind = "person"\n')
    assert [one.kind for one in BY_NAME["ee"].read([table, said], DAY).listings] == [Kind.PERSON]


def test_a_word_for_a_kind_that_is_not_known_refuses_the_list_until_the_mapping_says_what_it_means() -> None:
    """Read as an organisation, a listed person would not be found."""
    table = opened("list.csv", b"Name;Rodzaj\nIvan Sample;osoba\nSample Plant;jednostka\n")
    mapping = '[columns]\nRodzaj = "kind"\n'
    found = BY_NAME["pl"].read([table, opened("list.toml", mapping.encode())], DAY)
    assert (found.refused, [(f.code, f.read, f.place.row) for f in found.findings]) == (
        True,
        [("kind-unread", "jednostka", 3)],
    )
    said = opened("list.toml", f'{mapping}[kinds]\njednostka = "company"\n'.encode())
    assert [one.kind for one in BY_NAME["pl"].read([table, said], DAY).listings] == [Kind.PERSON, Kind.ENTITY]
    wrong = opened("list.toml", f'{mapping}[kinds]\njednostka = "unit"\n'.encode())
    assert [f.code for f in BY_NAME["pl"].read([table, wrong], DAY).findings] == ["mapping-wrong"]


def test_a_day_of_listing_that_cannot_be_is_reported() -> None:
    table = opened("list.csv", b"Name,Born,Listed on\nIvan Sample,1972,32.02.2031\n")
    found = BY_NAME["ee"].read([table], DAY)
    assert [
        (f.place.row, f.place.column, f.read) for f in found.findings if f.code == "listed-since-unread"
    ] == [(2, "since", "32.02.2031")]


def test_a_mapping_alone_is_no_list() -> None:
    assert BY_NAME["pl"].read(sample("pl", "table.toml"), DAY).refused


def test_what_a_list_orders_may_stand_in_its_mapping() -> None:
    """A list of entry bans freezes nobody."""
    table = opened("list.csv", b"Name\nIvan Sample\n")
    mapping = opened("list.toml", b'orders = ["entry ban"]\nkind = "person"\n')
    (one,) = BY_NAME["ee"].read([table, mapping], DAY).listings
    assert (one.kind, [m.order for m in one.measures]) == (Kind.PERSON, [Order.ENTRY_BAN])
