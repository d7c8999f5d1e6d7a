"""Blocks become clauses: small documents, each with one oddity."""

from konvoi.intake.texts.block import Block
from konvoi.intake.texts.clauses import clauses


def ids(*texts: str | Block) -> list[str]:
    """The ids of a document's blocks; what begins with # is a heading."""
    blocks = [
        one if isinstance(one, Block) else Block(one.removeprefix("# "), row, heading=one.startswith("# "))
        for row, one in enumerate(texts, 1)
    ]
    return [row.clause for row in clauses(blocks)]


def test_numbers_that_start_anew_in_each_section_make_different_ids() -> None:
    found = ids("Title", "# Part I. Aims", "# One", "1. First.", "2. Second.", "# Two", "1. First again.")
    assert found == ["title/p1", "I", "I/s1", "I/s1/1", "I/s1/2", "I/s2", "I/s2/1"]


def test_a_number_twice_in_one_section_is_marked_and_gets_an_id_of_its_own() -> None:
    rows = clauses([Block("# T", 1), Block("I. Aims", 2, heading=True), Block("1. A.", 3), Block("1. B.", 4)])
    assert [(row.clause, row.twice) for row in rows[2:]] == [("I/1", False), ("I/1-2", True)]


def test_points_stand_below_the_paragraph_that_leads_to_them_and_end_with_the_next_number() -> None:
    dot = [Block("tanks;", 4, "•"), Block("ships.", 5, "•")]
    found = ids("T", "# I. Aims", "1. We give:", *dot, "2. We take.")
    assert found == ["title/p1", "I", "I/1", "I/1/i1", "I/1/i2", "I/2"]


def test_a_list_within_a_list_stands_below_the_point_that_leads_to_it() -> None:
    inner = [Block("diesel;", 5, "o", 1), Block("rail.", 6, "o", 1)]
    found = ids("T", "# I. Aims", "1. We give:", Block("engines:", 4, "•"), *inner, Block("ships.", 7, "•"))
    assert found[3:] == ["I/1/i1", "I/1/i1/i1", "I/1/i1/i2", "I/1/i2"]


def test_numbers_behind_an_unnumbered_lead_are_points_of_it() -> None:
    found = ids("T", "# I. Aims", "We decide to:", "1. give;", "2. train.", "Further words.")
    assert found[2:] == ["I/p1", "I/p1/1", "I/p1/2", "I/p2"]


def test_words_behind_a_numbered_paragraph_belong_to_it() -> None:
    assert ids("T", "# I. Aims", "1. First.", "More.", "2. Second.")[2:] == ["I/1", "I/1/p1", "I/2"]


def test_sections_stand_alone_where_a_document_has_no_parts() -> None:
    found = ids("T", "# Introduction", "1. First.", "# Scope", "2. Second.")
    assert found == ["title/p1", "s1", "s1/1", "s2", "s2/2"]


def test_parts_may_be_numbered_in_digits_where_nothing_else_is_a_part() -> None:
    assert ids("T", "# 1. Scope", "Words.", "# Energy", "Words.") == [
        "title/p1",
        "1",
        "1/p1",
        "1/s1",
        "1/s1/p1",
    ]


def test_a_plain_short_line_before_a_paragraph_is_a_heading() -> None:
    long = "The Participants " + "will work together " * 8
    assert ids("T", "# I. Aims", "First.", "The coalition for drones", long)[3:] == ["I/s1", "I/s1/p1"]


def test_signatures_and_notes_are_no_clauses_and_an_annex_opens_a_part_again() -> None:
    found = ids(
        *("T", "# I. Aims", "1. First.", "Signed in Arburg on 5 March 2031, in duplicate.", "For Arland: A."),
        *("[1] A note.", "# Annex on money", "1. Second."),
    )
    assert found[3:] == ["closing/p1", "closing/p2", "note/n1", "annex", "annex/1"]


def test_a_number_without_a_dot_counts_only_where_it_is_due() -> None:
    assert ids("T", "# I. Aims", "1 The Participants agree.", "24 February 2022 is a day.")[2:] == [
        "I/1",
        "I/1/p1",
    ]


def test_a_document_without_words_has_no_clauses() -> None:
    assert clauses([Block("____", 1), Block("  ", 2), Block("###", 3)]) == []


def test_where_no_heading_ends_the_preamble_the_first_number_does() -> None:
    """A declaration or a memorandum of a few paragraphs has no headings."""
    found = ids(
        "Memorandum", "The Parties,", "recalling 2 talks,", "have agreed:", "1. We give.", "2. We take."
    )
    assert found == ["title/p1", "preamble/p1", "preamble/p2", "preamble/p3", "1", "2"]
    assert ids("T", "The Parties,", "1. recalling", "# I. Aims", "1. We give.")[-2:] == ["I", "I/1"]
