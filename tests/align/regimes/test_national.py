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


def test_an_entry_without_a_name_is_reported_and_one_struck_off_lists_nobody() -> None:
    found = read_sample("pl")
    assert (sorted(by_id(found.listings)), found.facts) == (["1", "2"], {"rows": 4, "struck off": 1})
    assert [(f.code, f.place.row) for f in found.findings] == [("reader-untried", 0), ("entry-row", 5)]


def test_a_mapping_that_cannot_be_used_refuses_the_list_and_names_what_is_wrong() -> None:
    (table, mapping) = sample("pl")
    for wrong, read in (
        ('[columns]\n"Lp." = "nonsense"', "nonsense"),
        ('orders = ["freezing"]', "freezing"),
        ("colour = 1", "colour"),
        ('struck = "("', "missing ), unterminated subpattern at position 0"),
        ("[columns", "Expected ']'"),
    ):
        found = BY_NAME["pl"].read([table, opened(mapping.name, wrong.encode())], DAY)
        assert found.refused
        assert [(f.code, f.place.file, f.read[: len(read)]) for f in found.findings] == [
            ("mapping-wrong", "table.toml", read)
        ]


def test_a_mapping_alone_is_no_list() -> None:
    assert BY_NAME["pl"].read(sample("pl", "table.toml"), DAY).refused


def test_what_a_list_orders_may_stand_in_its_mapping() -> None:
    """A list of entry bans freezes nobody."""
    table = opened("list.csv", b"Name\nIvan Sample\n")
    mapping = opened("list.toml", b'orders = ["entry ban"]\nkind = "person"\n')
    (one,) = BY_NAME["ee"].read([table, mapping], DAY).listings
    assert (one.kind, [m.order for m in one.measures]) == (Kind.PERSON, [Order.ENTRY_BAN])
