"""Numbers of lists, computed as a word processor does."""

from lxml import etree

from konvoi.intake.texts.numbering import Numbering, numbering

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def lists(body: str, styles: str = "") -> Numbering:
    of_styles = etree.fromstring(f"<w:styles {_SPACE}>{styles}</w:styles>")
    return numbering(etree.fromstring(f"<w:numbering {_SPACE}>{body}</w:numbering>"), of_styles)


def level(depth: int, form: str, text: str, more: str = "") -> str:
    shape = f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>{shape}</w:lvl>'


def one(*levels: str, more: str = "") -> str:
    kind = f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
    return f'{kind}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'


TWO = (level(0, "upperRoman", "%1."), level(1, "lowerLetter", "%1.%2)"))


def test_deeper_levels_start_anew_under_each_number_and_show_the_numbers_above() -> None:
    found = lists(one(*TWO))
    labels = [found.label("1", depth) for depth in (0, 1, 1, 0, 1)]
    assert labels == ["I.", "I.a)", "I.b)", "II.", "II.a)"]


def test_a_level_that_never_starts_anew_counts_on() -> None:
    found = lists(one(level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')))
    assert [found.label("1", depth) for depth in (0, 1, 0, 1)] == ["1.", "1)", "2.", "2)"]


def test_lists_of_one_kind_count_on_unless_one_says_where_it_starts() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    more = '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    more += f'<w:num w:numId="3"><w:abstractNumId w:val="7"/>{start}</w:num>'
    found = lists(one(level(0, "decimal", "%1."), more=more))
    assert [found.label(name, 0) for name in ("1", "2", "3", "3")] == ["1.", "2.", "5.", "6."]


def test_bullets_are_bullets_and_legal_numbers_are_digits() -> None:
    bullet = lists(one(level(0, "bullet", "\uf0b7")))
    assert bullet.label("1", 0) == "•"
    legal = lists(one(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")))
    assert [legal.label("1", depth) for depth in (0, 1)] == ["I.", "1.1"]


def test_a_style_may_carry_the_number_and_an_unknown_list_gives_none() -> None:
    style = '<w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    found = lists(one(level(0, "decimal", "§ %1")), style)
    assert found.styles == {"Clause": ("1", 0)}
    assert (found.label("1", 0), found.label("9", 0)) == ("§ 1", "")
