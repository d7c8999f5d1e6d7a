"""What konvoi.toml may say, and what is told of what it may not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.flow.settings import Settings, settings

EVERYTHING = """
[coalition]
name = "Cell"
recipient = "UA"
day = 2026-01-03
languages = ["uk", "en"]
exercise = true
currency = "USD"
ocid = "ocds-x31x31"
[boundaries]
kabul = "country:AFG"
[groups]
B3 = ["EE", "LV", "LT"]
[limits]
megabytes = 512
[rules]
accept = 0.99
samples = 100
[supersedes]
"PL/b.xlsx" = "PL/a.xlsx"
[known_on]
"PL/b.xlsx" = 2026-01-02
[assumptions]
transit = "two days"
[stalled]
contracted = 120
days = 30
"""


def test_every_key_is_read() -> None:
    known, findings = settings(EVERYTHING)
    assert findings == ()
    assert known == Settings(
        name="Cell",
        recipient="UA",
        day=date(2026, 1, 3),
        languages=("uk", "en"),
        exercise=True,
        currency="USD",
        boundaries={"kabul": "country:AFG"},
        groups={"B3": ("EE", "LV", "LT")},
        megabytes=512,
        accept=0.99,
        samples=100,
        supersedes={"PL/b.xlsx": "PL/a.xlsx"},
        known_on={"PL/b.xlsx": date(2026, 1, 2)},
        assumptions={"transit": "two days"},
        ocid="ocds-x31x31",
        stalled={"contracted": 120, "days": 30},
    )


def test_a_slip_of_the_pen_is_told_and_the_rest_holds() -> None:
    known, findings = settings('[coalition]\nnam = "x"\nname = "y"\nday = "2026-01-03"\n[rule]\nx = 1')
    assert known == Settings(name="y", unread=("coalition.nam", "rule"))
    assert [(f.code, f.place.column, str(f.severity)) for f in findings] == [
        ("settings-unknown", "rule", "warning"),
        ("settings-unknown", "coalition.nam", "warning"),
        ("settings-value", "day", "error"),
    ]


def test_a_value_of_the_wrong_kind_is_an_error_with_what_is_right() -> None:
    _, findings = settings("[rules]\nsamples = -1\naccept = 2.0\n[coalition]\nlanguages = ['fr']")
    assert {f.place.column: f.expected for f in findings} == {
        "samples": "a whole number above 0",
        "accept": "a number above 0, at most 1.0",
        "languages": "a list of en, de, uk",
    }


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    known, _ = settings(text)
    assert isinstance(known, Settings)


def test_bottlenecks_may_be_left_out_but_not_counted_below_none() -> None:
    assert settings("[rules]\nbottlenecks = 0") == (Settings(bottlenecks=0), ())
    _, (finding,) = settings("[rules]\nbottlenecks = -1")
    assert finding.expected == "a whole number, 0 for none"


def test_goals_are_blended_or_ordered() -> None:
    assert settings('[rules]\ngoals = "ordered"')[0].goals == "ordered"
    _, (finding,) = settings('[rules]\ngoals = "all"')
    assert finding.expected == "blend or ordered"


def test_a_limit_is_of_a_stage_that_exists_and_above_0() -> None:
    for text in ("contrated = 5", "contracted = 0", 'days = "30"'):
        known, (finding,) = settings(f"[stalled]\n{text}")
        assert known.stalled == {}
        assert finding.code == "settings-value"


def test_more_runs_than_any_forecast_can_use_are_told_of_and_not_made() -> None:
    known, findings = settings("[rules]\nsamples = 1000000000000\nseed = 9223372036854775808\n")
    assert (known.samples, known.seed) == (2000, 1)
    assert {one.place.column: one.expected for one in findings} == {
        "samples": "a whole number, at most 10000000",
        "seed": "a whole number, at most 9223372036854775807",
    }


def test_the_rule_of_deliveries_is_one_that_is_known() -> None:
    assert settings('[rules]\ndelivered = "handed over"')[0].delivered == "handed over"
    known, (finding,) = settings('[rules]\ndelivered = "handed-over"')
    assert known.delivered == "as stated by the source"
    assert finding.expected.startswith("one of at origin, ")


def test_thresholds_of_releases_may_be_stricter_but_not_below_three_contributors() -> None:
    known, told = settings("[release]\ncontributors = 5\ninterval = 40\n")
    assert (dict(known.release), told) == ({"contributors": 5, "interval": 40}, ())
    for wrong in ("contributors = 2", "share = 100", "largest = 0", "interval = 0", "share = true"):
        known, (finding,) = settings(f"[release]\n{wrong}\n")
        assert (known.release, finding.code) == ({}, "settings-value")
    known, (finding,) = settings("[release]\nnoise = 1\n")
    assert known.unread == ("release.noise",)
    assert (known.release, finding.code) == ({}, "settings-unknown")


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ('[marking]\n"PL/a.csv" = "own"', ("marking",)),
        ('marking = "own"', ("marking",)),
        ('[coalition]\nmarkign = "own"', ("coalition.markign",)),
        ('[markings]\n"PL/a.csv" = 1', ("markings",)),
        ("[release]\ncontributors = 2", ("release",)),
        ("[limits]\nmegabyte = 512", ()),
        ("[rules]\nsamples = 0", ()),
    ],
)
def test_a_key_that_may_limit_who_sees_what_is_noted_where_it_cannot_be_read(
    text: str, unread: tuple[str, ...]
) -> None:
    assert settings(text)[0].unread == unread


def test_a_marking_that_cannot_be_read_hides() -> None:
    known, (finding,) = settings('[coalition]\nmarking = "onw"')
    assert (known.marking, finding.code) == ("own", "settings-value")


def test_settings_that_are_no_toml_say_why() -> None:
    known, (finding,) = settings("[coalition\n")
    assert known.broken == finding.read != ""
