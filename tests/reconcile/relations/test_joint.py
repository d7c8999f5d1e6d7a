"""A joint package is made of what its named participants undertook; sums verify, and alone prove nothing."""

from datetime import date, timedelta

import polars as pl
import pytest
from tests.reconcile.ledgers import DAY, entries, told

from konvoi.model.entries import SCOPES, frame
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.relate import relate

NAMES = ("Belgium", "Bundesrepublik Deutschland", "Suède")
TEXT = "ambulances for Sumy (clinic 37)"


def given_by(party: str, amount: int | None, **more: object) -> dict[str, object]:
    """What one gives, in whole units of EUR unless said otherwise."""
    base = {
        "entry": party, "source": party, "submission": f"{party}.csv", "party": party, "text": TEXT,
        "amount_minor": None if amount is None else amount * 100, "currency": "EUR" if amount else None,
    }  # fmt: skip
    return base | more


def whole(amount: int | None, entry: str = "whole", **more: object) -> dict[str, object]:
    return given_by("EU", amount) | {"entry": entry, "reference": entry, "stage": "pledged"} | more


def named(*names: str, entry: str = "whole") -> pl.DataFrame:
    rows = [{"entry": entry, "side": "source", "dimension": "participant", "value": name} for name in names]
    return frame(rows, SCOPES)


PARTS = (given_by("BE", 1_000_000), given_by("DE", 3_210_000), given_by("SE", 400_000))


def found(*rows: dict[str, object], names: tuple[str, ...] = NAMES, **more: object) -> pl.DataFrame:
    related = relate(entries(*rows), scopes=named(*names), **more)  # type: ignore[arg-type]
    return related.relations.filter(relation="part_of")


def test_the_undertakings_of_those_who_are_named_make_up_the_whole() -> None:
    """1,000,000 + 3,210,000 + 400,000 = 4,610,000; France is not named and left alone."""
    made = found(whole(4_610_000), *PARTS, given_by("FR", 1_000_000))
    assert told(made) == [(party, "part_of", "whole", "undecided") for party in ("BE", "DE", "SE")]
    assert made["subtype"].unique().to_list() == ["joint"]
    assert made["probability"].min() >= 0.98  # type: ignore[operator]
    assert '["sum of the parts","the parts make up the whole' in made["evidence"][0]


def test_they_are_accepted_only_where_probabilities_are_calibrated() -> None:
    """Semantics 9: nothing that is merely likely holds by itself without a calibration."""
    sure = found(whole(4_610_000), *PARTS, policy=Policy(calibrated=True))
    assert set(sure["status"]) == {"accepted"}
    assert set(found(whole(4_610_000), *PARTS, policy=Policy())["status"]) == {"undecided"}


def test_nothing_is_accepted_against_the_sums() -> None:
    """The parts give 4,610,000, the whole says 9,000,000."""
    made = found(whole(9_000_000), *PARTS, policy=Policy(calibrated=True))
    assert "accepted" not in made["status"].to_list()
    assert "the parts do not make up the whole" in made["evidence"][0]


def test_a_sum_alone_makes_no_part() -> None:
    """Nobody is named: the figures fit and nothing is proposed."""
    assert found(whole(4_610_000), *PARTS, names=()).height == 0
    assert found(whole(4_610_000), *PARTS, names=("Belgium",)).height == 0


def test_a_rounded_whole_is_made_up_in_the_precision_that_was_announced() -> None:
    """4,610,000 was said as 4.6 million: 40,000 more would not be."""
    rounded = found(whole(4_600_000), *PARTS)
    assert "as it was announced" in rounded["evidence"][0]
    more = found(whole(4_600_000), *PARTS[:2], given_by("SE", 445_000))
    assert "as it was announced" not in "".join(more["evidence"])


def test_several_ways_to_make_it_up_are_all_told_and_none_is_accepted() -> None:
    """Two of Sweden's undertakings are of one sum in another month's package: either may be the part."""
    other = {"day_from": DAY + timedelta(20), "day_to": DAY + timedelta(20)}
    swap = given_by("BE", 400_000, entry="BE-2", reference="BE-2", **other)
    back = given_by("SE", 1_000_000, entry="SE-2", reference="SE-2", **other)
    made = found(whole(4_610_000), *PARTS, swap, back, policy=Policy(calibrated=True))
    assert {"BE", "BE-2", "SE", "SE-2"} <= set(made["left"])
    assert set(made.filter(pl.col("left") != "DE")["status"]) == {"undecided"}
    assert "several ways to make it up" in "".join(made["evidence"])


def test_a_participant_who_reports_nothing_leaves_a_rest_that_is_not_known() -> None:
    """What has good, place and number in common with it is part of it all the same; less is asked."""
    calibrated = Policy(calibrated=True)
    made = found(whole(4_610_000), *PARTS[:2], policy=calibrated)
    assert told(made) == [(party, "part_of", "whole", "accepted") for party in ("BE", "DE")]
    assert "participants who report nothing" in made["evidence"][0]
    vague = found(whole(4_610_000), given_by("BE", 1_000_000, text="ambulances"), policy=calibrated)
    assert told(vague) == [("BE", "part_of", "whole", "undecided")]


def test_parts_in_other_currencies_are_valued_at_the_rates_of_one_day() -> None:
    """4,400,000 SEK are 400,000 EUR at 11 for one on 1 March; at 10 on 1 April they would be 440,000."""
    rates = pl.DataFrame(
        {"currency": ["SEK", "SEK"], "day": [DAY, date(2022, 4, 1)], "per_eur": ["11", "10"]}
    ).with_columns(pl.col("per_eur").cast(pl.Decimal(38, 6)))
    krona = given_by("SE", 4_400_000, currency="SEK")
    made = found(whole(4_610_000), *PARTS[:2], krona, rates=rates)
    assert made.height == 3
    assert made["probability"].min() >= 0.98  # type: ignore[operator]


@pytest.mark.parametrize(
    "more",
    [
        {"text": "tents for Sumy (clinic 37)"},
        {"text": "ambulances for Odesa (clinic 37)"},
        {"text": "ambulances for Sumy (clinic 38)"},
        {"day_from": date(2022, 9, 1), "day_to": date(2022, 9, 1)},
    ],
)
def test_another_good_place_number_or_time_is_no_part(more: dict[str, object]) -> None:
    made = found(whole(4_610_000), *PARTS[:2], given_by("SE", 400_000, **more))
    assert "SE" not in made["left"].to_list()


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [whole(4_610_000), *PARTS, given_by("SE", 400_000, entry="SE-2", source="press", reference="p")]
    assert found(*rows).equals(found(*reversed(rows)))


def test_damaged_input_raises_nothing() -> None:
    """No sums, no days, names of nobody, a participant twice."""
    rows = [whole(None), given_by("BE", None, day_from=None, day_to=None, known_on=None)]
    assert found(*rows, names=("Belgium", "Belgique", "", "Harbour Relief")).height <= 1


def stated(*shares: tuple[str, str], names: tuple[str, ...] = NAMES) -> pl.DataFrame:
    rows = [
        {"entry": "whole", "side": "source", "dimension": "share", "value": f"{party}={share}"}
        for party, share in shares
    ]
    return pl.concat([named(*names), frame(rows, SCOPES)])


def with_shares(*rows: dict[str, object], shares: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    found = relate(entries(*rows), scopes=stated(*shares), policy=Policy(calibrated=True)).relations
    return found.filter(relation="part_of")


def test_a_stated_share_tells_which_of_several_ways_it_is() -> None:
    """Belgium gives 1,000,000 or 400,000, Sweden the other: 0.217 of 4,610,000 are 1,000,000."""
    other = {"day_from": DAY + timedelta(20), "day_to": DAY + timedelta(20)}
    swap = given_by("BE", 400_000, entry="BE-2", reference="BE-2", **other)
    back = given_by("SE", 1_000_000, entry="SE-2", reference="SE-2", **other)
    made = with_shares(whole(4_610_000), *PARTS, swap, back, shares=(("Belgium", "0.217"),))
    assert told(made) == [(party, "part_of", "whole", "accepted") for party in ("BE", "DE", "SE")]
    assert '["stated share","the sum is the share that is stated"]' in made["evidence"][0]
    assert "stated share" not in made["evidence"][1]


def test_a_stated_share_verifies_a_part_where_the_others_report_nothing() -> None:
    """A vague 1,000,000 of Belgium is 21.7 % of the whole: likelier than without the share."""
    vague = given_by("BE", 1_000_000, text="ambulances")
    before = with_shares(whole(4_610_000), vague, shares=())["probability"].item()
    after = with_shares(whole(4_610_000), vague, shares=(("BE", "0.217"),))["probability"].item()
    assert after > before


def test_what_is_another_sum_than_the_stated_share_is_never_accepted_by_itself() -> None:
    """1,000,000 are not a half of 4,610,000."""
    less = with_shares(whole(4_610_000), *PARTS[:2], shares=(("BE", "0.50"),))
    assert told(less) == [("BE", "part_of", "whole", "undecided"), ("DE", "part_of", "whole", "accepted")]
    assert "the sum is another than the share that is stated" in less["evidence"][0]


def test_of_a_whole_without_a_sum_a_share_tells_nothing() -> None:
    made = with_shares(whole(None), *PARTS, shares=(("BE", "0.50"),))
    assert made.height == 3
    assert "stated share" not in "".join(made["evidence"])


def test_who_states_the_sum_of_the_whole_states_the_whole_and_no_part_of_it() -> None:
    """Of 4,610,000 that Belgium and Germany give together, each names all: is it the same?"""
    text = "Joint purchase of ambulances for Sumy"
    states = (
        given_by("BE", 4_610_000, entry="whole", reference="whole", text=text),
        given_by("DE", 4_610_000, text=f"{text} by Belgium and Germany", day_from=DAY + timedelta(days=1)),
    )
    related = relate(entries(*states), scopes=named("Belgium", "Germany")).relations
    assert told(related) == [("DE", "same_as", "whole", "undecided")]
    assert related["probability"].item() >= 0.7
