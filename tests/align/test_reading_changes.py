"""Names that are not read again have the readings that a full reading gives."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konvoi.align.frames import frames
from konvoi.align.listing import Kind, Listing, Name
from konvoi.align.party_readings import NameRead, Readings
from konvoi.model.finding import Place

LATIN = (
    "Vladimir",
    "Saizew",
    "Zaytsev",
    "Kirill",
    "Merkel",
    "Rosneft",
    "Oil",
    "Company",
    "Siemens",
    "AG",
    "Ted",
)
CYRILLIC = ("Зайцев", "Заицев", "Кирилл", "Юрий", "Юрии", "Слюсарь", "Роснефть", "Їжак", "Петренко")
CUT = ("Vellagor", "Nimbrist", "Quorum")
SLYUSAR = ("Юрий", "Борисович", "Слюсарь")
INITIALS = ("V.", "К.", "Yu.", "S", "B.", "Б")
KINDS = (Kind.PERSON, Kind.ENTITY)


def word(draw: Random) -> str:
    """A word of the pool, often with a slip."""
    one = draw.choice(draw.choice((LATIN, CYRILLIC, INITIALS, LATIN, CYRILLIC)))
    at = draw.randrange(len(one))
    slips = (
        one,
        one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :],
        one[:at] + one[at + 1 :],
        one[:at] + "e" + one[at:],
        one[:at] + "a" + one[at + 1 :],
        one + draw.choice(LATIN),
    )
    return draw.choice((one, one, *slips)) or one


def name(draw: Random) -> str:
    """One to four words, at times cut."""
    text = " ".join(word(draw) for _ in range(draw.randint(1, 4)))
    return text[: draw.randint(15, 30)] if draw.random() < 0.2 else text


def readings(names: list[tuple[Kind, str]]) -> Readings:
    listed = [Listing(str(at), kind, (Name(text),), Place()) for at, (kind, text) in enumerate(names)]
    return Readings(frames("un", listed))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_name_that_is_not_stale_is_read_as_before(draw: Random) -> None:
    old = [(draw.choice(KINDS), name(draw)) for _ in range(draw.randint(0, 12))]
    kept = [one for one in old if draw.random() < 0.8]
    new = [*kept, *((draw.choice(KINDS), name(draw)) for _ in range(draw.randint(0, 3)))]
    asked = [
        NameRead(kind.value, draw.choice((name(draw), draw.choice(old or new or [(kind, "A B")])[1])), bold)
        for kind in KINDS
        for bold in (False, True)
        for _ in range(8)
    ]
    before, after = readings(old), readings(new)
    stale = after.stale(asked, before.names)
    for one in asked:
        if one not in stale:
            assert after.of(one) == before.of(one), (one, old, new)


@pytest.mark.parametrize(
    ("kind", "listed", "more", "asked", "bold"),
    [
        pytest.param("person", ["Kirill"], "Зайцев", "Kirill Saizew", False, id="written in a scheme"),
        pytest.param("entity", ["Oil"], "Rosneft", "Rosnfet Oil", False, id="letters changed round"),
        pytest.param("entity", ["AG"], "Siemens", "Siemensag", False, id="two words as one"),
        pytest.param("entity", ["Works"], "Siemens", "Sie Mens Works", False, id="one word as two"),
        pytest.param("entity", CUT, " ".join(CUT), "Vellagor Nimbrist", False, id="cut"),
        pytest.param("entity", ["Works"], "Cencora", "Sencora Works", True, id="another letter"),
        pytest.param(
            "person", ["Angela", "Stellantis"], "Angela Stellantis", "Angela Stellaris", True, id="two slips"
        ),
        pytest.param("person", ["Betrovskaya"], "Petrovskyi", "Anna Petrovskaya", True, id="listed sound"),
        pytest.param("person", ["Sample"], "Theodore", "Ted Sample", True, id="short form"),
        pytest.param("person", SLYUSAR, " ".join(SLYUSAR), "Yu. B. Slyusar", False, id="initials asked"),
        pytest.param(
            "person", ["V Orlem", "Sample"], "V. Sample", "Vera Sample", False, id="initials listed"
        ),
        pytest.param("person", ["Заицев А"], "Зайцев", "Kirill Saizew", False, id="other marks"),
        pytest.param(
            "person", ["Zaitsev A"], "Заитсев", "Kirill Saizew", False, id="Cyrillic word of a sound"
        ),
    ],
)
def test_a_name_that_is_read_otherwise_is_stale(
    kind: str, listed: list[str], more: str, asked: str, *, bold: bool
) -> None:
    """Each way to read a name, by a listed name that makes or ends a reading; and delisted again."""
    few = readings([(Kind(kind), text) for text in ("Orlem Tarn", *listed)])
    many = readings([(Kind(kind), text) for text in ("Orlem Tarn", *listed, more)])
    one = NameRead(kind, asked, bold)
    assert few.of(one) != many.of(one)
    assert many.stale([one], few.names) == {one} == few.stale([one], many.names)


def test_a_name_that_has_nothing_in_common_with_what_changed_is_not_stale() -> None:
    before = readings([(Kind.PERSON, "Зайцев Кирилл"), (Kind.PERSON, "Anna Merkel")])
    after = readings(
        [(Kind.PERSON, "Зайцев Кирилл"), (Kind.PERSON, "Anna Merkel"), (Kind.PERSON, "Петро Їжак")]
    )
    asked = [NameRead("person", text, bold=False) for text in ("Kirill Saizew", "Petra Sizhak", "Ихат Ana")]
    changed = [NameRead("person", text, bold=False) for text in ("Їжка Б", "P. Їжак")]
    assert after.stale([*asked, *changed], before.names) == set(changed)
    assert after.stale(asked, after.names) == frozenset()
