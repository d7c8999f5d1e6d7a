"""Lines of pages become blocks: by gaps, labels, and the room that was left on a line."""

from konvoi.intake.texts.block import Block
from konvoi.intake.texts.lines import Line, blocks


def line(
    text: str, base: float, *, left: float = 72, right: float = 520, page: int = 1, **more: bool
) -> Line:
    return Line(text, left, right, base, 11, page=page, row=1, heading=more.get("heading", False))


def texts(*pages: list[Line]) -> list[str]:
    return [block.text for block in blocks(pages)]


def test_a_word_cut_at_its_hyphen_is_whole_again_and_lines_are_joined() -> None:
    assert texts([line("Euro-", 700), line("Atlantic and", 686), line("more.", 672)]) == [
        "Euro-Atlantic and more."
    ]


def test_a_gap_or_room_left_behind_an_end_begins_a_block() -> None:
    short = line("An end.", 672, right=200)
    found = texts(
        [line("A first line that ends.", 700), line("and goes on", 686), short, line("Next words", 658)]
    )
    assert found == ["A first line that ends. and goes on An end.", "Next words"]
    assert texts([line("No end", 700), line("on", 686), line("here", 672), line("Apart", 640)])[-1] == "Apart"


def test_a_sentence_that_ends_at_the_margin_does_not_end_the_block() -> None:
    assert len(texts([line("A sentence that fills its line.", 700), line("Another follows", 686)])) == 1


def test_a_paragraph_goes_on_over_a_page_and_page_numbers_are_left_out() -> None:
    first = [line("Words that go on", 100), line("1", 40, left=300, right=306)]
    second = [line("over the page.", 780, page=2), line("2", 40, left=300, right=306, page=2)]
    assert texts(first, second) == ["Words that go on over the page."]


def test_a_year_alone_on_the_last_line_is_no_page_number() -> None:
    first = [line("of 12 July", 100), line("2023.", 86, right=98), line("1", 40, left=300, right=306)]
    assert texts(first, [line("2", 40, left=300, right=306, page=2)]) == ["of 12 July 2023."]


def test_bullets_become_labels_and_those_further_in_are_deeper() -> None:
    page = [line("• stocks,", 700, left=90), line("o rail", 686, left=108), line("• crews", 672, left=90)]
    assert [(one.label, one.depth) for one in blocks([page])] == [("•", 0), ("o", 1), ("•", 0)]


def test_small_letters_at_the_foot_are_notes() -> None:
    note = Line("1 A note.", 72, 300, 60, 8, page=1, row=9)
    assert blocks([[line("Words.", 700), note]])[-1] == Block("1 A note.", 9, sheet="page 1", note=True)


def test_no_lines_make_no_blocks() -> None:
    assert blocks([[], []]) == []
