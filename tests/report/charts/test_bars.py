"""Bars: from zero, true to their value; the gap is an outline, the unknown a hatch."""

from decimal import Decimal

from lxml import etree

from konvoi.report.chart import Pen
from konvoi.report.charts.bars import BARS
from konvoi.report.language import Language
from konvoi.report.page import Bar, Bars, Message, Number


def drawn(*bars: Bar) -> "etree._Element":
    """The drawing of some bars; every number leads to #n."""
    chart = Bars("x", Message("Title"), "EUR", bars, Message(""))
    return etree.fromstring(BARS.draw(chart, Pen(Language("en"), lambda number: "#n")))


def said(root: "etree._Element") -> str:
    """All words of a drawing."""
    return "".join(str(part) for part in root.itertext())


def test_a_bar_is_as_long_as_its_share_of_a_round_scale() -> None:
    root = drawn(Bar("A", ((Number(Decimal(50), "EUR"), 3),), Number(Decimal(93), "EUR")))
    widths = {rect.get("class"): rect.get("width") for rect in root.iter("rect")}
    assert widths == {"s3": "50%", "gap": "93%"}


def test_what_is_missing_is_an_outline_and_every_mark_is_a_link_with_words() -> None:
    root = drawn(
        Bar("A", ((Number(Decimal(5), "EUR", "received"), 5),), Number(Decimal(9), "EUR", "pledged"))
    )
    links = [(link.get("href"), link.get("aria-label")) for link in root.iter("a")]
    assert links == [("#n", "A, pledged: EUR 9"), ("#n", "A, received: EUR 5")]


def test_the_unknown_has_a_bar_of_its_own() -> None:
    root = drawn(Bar("A", ((Number(Decimal(5), "EUR"), 0),), unknown=Number(Decimal(3))))
    assert [rect.get("class") for rect in root.iter("rect")] == ["s0", "unknown"]
    assert "no value stated: 3 entries" in said(root)


def test_a_correction_below_zero_draws_no_bar_but_keeps_its_figure() -> None:
    root = drawn(Bar("A", ((Number(Decimal(-5), "EUR"), 0),)))
    assert list(root.iter("rect")) == []
    assert "EUR -5" in said(root)


def test_labels_with_marks_of_the_language_stay_text() -> None:
    root = drawn(Bar("<b>&", ((Number(Decimal(5), "EUR"), 0),)))
    assert "<b>&" in said(root)


def test_a_bar_says_what_is_not_reported_instead_of_its_last_level() -> None:
    """What was committed is drawn; that it is fulfilled nobody says, and the figure does not either."""
    word = Number(Decimal(9), "EUR")
    root = drawn(Bar("A", ((Number(Decimal(5), "EUR"), 1),), word, told=Message("not reported")))
    assert "EUR 9, not reported" in said(root)
    assert "EUR 9, not reported" in said(drawn(Bar("A", (), word, told=Message("not reported"))))


def test_where_the_end_has_no_known_value_the_figure_says_so_after_the_word() -> None:
    root = drawn(Bar("A", (), Number(Decimal(9), "EUR"), told=Number(None, "EUR")))
    assert "EUR 9, not reported" in said(root)


def test_words_that_have_no_room_beside_one_another_stand_in_two_lines() -> None:
    """Side by side this name and its figure would cover one another at 390 px; what follows moves down."""
    figure = Number(Decimal(9), "EUR")
    long = Bar("Europäische Kommission und Rat", ((figure, 1),), figure, told=Message("not reported"))
    root = drawn(long, Bar("A", ((figure, 1),)))
    places = [(text.get("class"), text.get("y")) for text in root.iter("text")][-4:]
    assert places == [("name", "13"), ("figure", "29"), ("name", "67"), ("figure", "67")]
    assert [rect.get("y") for rect in root.iter("rect")] == ["34", "34", "72"]


def test_what_is_counted_whole_has_no_quarter_on_its_scale() -> None:
    marks = []
    for most in ("1", "0.9"):
        root = drawn(Bar("A", ((Number(Decimal(most), "EUR"), 0),)))
        marks.append(sum("tick" in str(node.get("class")) for node in root.iter("text")))
    assert marks == [2, 5]
