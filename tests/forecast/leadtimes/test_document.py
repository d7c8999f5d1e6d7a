"""A model as a document: read again without loss, and refused where it is damaged."""

import json
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forecast.leadtimes.made import DAY, case, drawn, promise, table

from konvoi.forecast.leadtimes.document import NoModel, read, written
from konvoi.forecast.leadtimes.learn import learn


def _text() -> str:
    """A model of spans and of promises."""
    promises = [promise(f"P{n}", DAY.replace(day=1 + n % 28), n % 5 - 2, mode="air") for n in range(40)]
    cases = table(*promises).vstack(drawn(3, 60))
    return written(learn(cases, DAY, data="cases.csv", digest="d1"))


TEXT = _text()


def _mixed() -> str:
    """A model of promises with a mixture of members."""
    since = [DAY - timedelta(1 + n) for n in range(240)]
    rows = [
        promise(f"P{n}", day, (0, 0, 3, -4)[n % 4], mode=("air", "sea")[n % 2]) for n, day in enumerate(since)
    ]
    return written(learn(table(*rows), DAY, data="cases.csv", digest="d1"))


MIXED = _mixed()


def test_what_is_written_is_read_again_without_loss() -> None:
    assert written(read(TEXT)) == TEXT == _text()
    assert written(read(MIXED)) == MIXED == _mixed()


def test_a_small_model_is_the_sample_byte_for_byte() -> None:
    """Four promises of May 10 by air and road, one still open; two spans of seven days, one open."""
    may = date(2031, 5, 10)
    rows = [promise("A", may, -3, mode="air"), promise("B", may, 0, mode="air")]
    rows += [promise("C", may, 2, mode="road"), promise("D", may, None, mode="road")]
    rows += [case("E", may, 7), case("F", may, 7), case("G", may, None)]
    text = written(learn(table(*rows), DAY, data="cases.csv", digest="d1"))
    assert text == (Path(__file__).parent / "sample.json").read_text("utf-8")


def test_it_names_its_data_its_day_and_each_group_with_its_cases() -> None:
    told = json.loads(TEXT)
    assert (told["data"], told["digest"], told["until"]) == ("cases.csv", "d1", "2031-06-30")
    spans, promises = told["learnt"]
    assert (promises["cases"], promises["ended"], promises["of"]) == (40, 40, "deviation")
    (group, *_) = promises["parts"]["when"]["groups"]
    assert (group["of"], group["cases"], sorted(group["came"])) == ({}, 40, ["early", "late", "on the day"])
    assert {"mode": "air"} in [one["of"] for one in spans["parts"]["days"]["groups"]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"format": "konvoi lead times 2"', '"format": "weather 3"'),
        ('"until": "2031-06-30"', '"until": "soon"'),
        ('"digest"', '"digset"'),
        ('"of": "span"', '"of": "spam"'),
        ('"mode"', '"mood"'),
        ('"received"', '"eaten"'),
        ('"cases": 40', '"cases": "many"'),
        ('"scale": ', '"scale": -'),
        ('"scale": ', '"scale": 1e99'),
        ('"withdrawn": 0', '"withdrawn": 7'),
        ('"on the day": ', '"on the day": -'),
    ],
)
def test_a_damaged_model_is_refused_with_what_is_wrong(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(NoModel):
        read(TEXT.replace(old, new))


def test_a_model_of_the_first_format_is_read_as_one_without_a_mixture() -> None:
    old = TEXT.replace("konvoi lead times 2", "konvoi lead times 1")
    assert old != TEXT
    assert read(old) == read(TEXT)
    assert [one.stack for one in read(old).learnt] == [None, None]


def test_a_mixture_names_its_weights_and_the_effects_of_each_value() -> None:
    (told,) = json.loads(MIXED)["learnt"]
    assert sum(told["weights"].values()) == pytest.approx(1.0)
    assert list(told["weights"]) == ["recent", "steady", "regression"]
    assert list(told["steady"]) == ["when", "early", "late"]
    effects = told["regression"]["effects"]["mode"]
    assert sorted(effects) == ["air", "sea"]
    assert {len(one) for one in effects.values()} == {len(told["regression"]["edges"]) + 1}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"recent": 0', '"recent": 3'),
        ('"recent": 0', '"recent": -0'),
        ('"recent": 0', '"recent": 0, "old": 0'),
        ('"drift": ', '"drift": 1e9, "old": '),
        ('"drift"', '"draft"'),
        ('"edges": [', '"edges": [99999, '),
        ('"edges": [', '"edges": [7, '),
        ('"base": [', '"base": [0.5, '),
        ('"base": [', '"base": [NaN, '),
        ('"effects": {\n     "mode"', '"effects": {\n     "mood"'),
        ('"steady"', '"study"'),
    ],
)
def test_a_damaged_mixture_is_refused_with_what_is_wrong(old: str, new: str) -> None:
    assert old in MIXED
    with pytest.raises(NoModel):
        read(MIXED.replace(old, new))


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "[" * 5000, '{"format": "konvoi lead times 2"}'])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(NoModel):
        read(text)


@given(
    st.sampled_from([TEXT, MIXED]),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 40),
    st.sampled_from(["", "x", "9", "}", "1e999", "\x00"]),
)
@settings(max_examples=120)
def test_no_damage_raises_anything_else(text: str, share: float, width: int, put: str) -> None:
    at = int(share * len(text))
    with suppress(NoModel):
        assert read(text[:at] + put + text[at + width :]).learnt
