"""Two partners that state one joint package, or announce the same, are put to a person and never accepted."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest
from tests.reconcile.ledgers import DAY, entries, told

from konvoi.model.entries import SCOPES
from konvoi.reconcile.duplicates.across_partners import two_partners
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.records import records
from konvoi.reconcile.relate import relate
from konvoi.reconcile.relation import Evidence


def by(party: str, text: str, amount: int | None = None, days: int = 0, **more: object) -> dict[str, object]:
    on = DAY + timedelta(days)
    money = {"amount_minor": amount * 100, "currency": "EUR"} if amount else {}
    own = {"entry": party, "source": party, "submission": f"{party}.csv", "party": party, "text": text}
    return own | {"day_from": on, "day_to": on, "known_on": on} | money | more


def found(*rows: dict[str, object]) -> pl.DataFrame:
    return relate(entries(*rows), policy=Policy(calibrated=True)).relations


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferries, joint package with Denmark", "Ferries, jointly with Germany"),
        ("Gemeinsames Paket mit Dänemark: Fähren", "Fähren gemeinsam mit Deutschland"),
        ("Спільний пакет із Данією: пороми", "Пороми разом з Німеччиною"),
        ("Wspólny pakiet z Danią: promy", "Promy razem z Niemcami"),
        ("Joint procurement of ferries", "Joint procurement of ferries"),
        ("Ferries, joint package with DK", "Ferries"),
    ],
)
def test_each_of_two_partners_that_state_the_whole_of_one_joint_package(one: str, other: str) -> None:
    made = found(by("DE", one, 48_000_000), by("DK", other, 48_000_000, 3))
    assert told(made) == [("DE", "same_as", "DK", "undecided")]
    assert made["subtype"].to_list() == ["joint-statement"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferries, joint package with Denmark", "Mobile kitchens, joint package with Germany"),
        ("Ferries, joint package with France", "Ferries, joint package with Italy"),
        ("Пороми, спільний пакет із Данією", "Пороми: частка у спільному пакеті"),
        ("Fähren, gemeinsam mit Frankreich", "Feldküchen"),
    ],
)
def test_other_goods_other_participants_and_shares_are_no_whole(one: str, other: str) -> None:
    made = found(by("DE", one, 48_000_000), by("DK", other, 48_000_000, 3))
    assert made.filter(subtype="joint-statement").height == 0


def line(party: str, quantity: int, days: int = 0, **more: object) -> dict[str, object]:
    about = {"line": f"{party}-1", "good": "ferry", "unit": "piece", "quantity": Decimal(quantity)}
    return by(party, "Ferries", None, days) | about | more


def test_the_same_quantity_of_a_good_within_weeks_is_a_candidate() -> None:
    assert told(found(line("DE", 12), line("FR", 12, 9))) == [("DE", "same_as", "FR", "undecided")]
    assert found(line("DE", 12), line("FR", 11, 9)).height == 0
    assert found(line("DE", 12), line("FR", 12, 200)).height == 0
    assert found(line("DE", 12), line("FR", 12, good="tent", text="Tents")).height == 0


def test_two_of_a_good_are_a_candidate_only_on_nearly_the_same_day() -> None:
    assert found(line("DE", 2), line("FR", 2, 9)).height == 0
    assert found(line("DE", 2), line("FR", 2, 1)).height == 1


def test_a_quantity_that_many_partners_state_shows_nothing() -> None:
    assert found(*(line(party, 50, n) for n, party in enumerate(("DE", "FR", "IT", "ES")))).height == 0


def test_an_unusual_amount_is_a_candidate_and_a_round_one_only_with_the_same_title() -> None:
    odd, round_ = 3_210_000, 3_000_000
    assert found(by("BE", "Prostheses", odd), by("LU", "Prostheses for veterans", odd, 5)).height == 1
    assert found(by("BE", "Prostheses", round_), by("LU", "School buses", round_, 5)).height == 0
    title = "Протези для ветеранів"
    assert found(by("BE", title, round_), by("LU", title, round_, 5)).height == 1


def test_shares_of_one_whole_are_not_proposed_as_one_gift() -> None:
    """Three of 30 million each are parts of the 90 million that name their givers."""
    whole = by("EU", "Ferries, joint package with DE, FR and IT", 90_000_000)
    made = found(whole, *(by(party, "Ferries", 30_000_000, 2) for party in ("DE", "FR", "IT")))
    assert set(made["relation"]) == {"part_of"}


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [line("DE", 12), line("FR", 12, 9), by("BE", "Stoves", 3_210_000), by("LU", "Stoves", 3_210_000)]
    assert found(*rows).equals(found(*reversed(rows)))


def test_one_joint_package_worded_in_two_languages_without_a_common_word() -> None:
    german = by("DE", "Gemeinsames Paket mit Dänemark: Wärmestuben", 48_000_000)
    made = found(german, by("DK", "Heated shelters, jointly with Germany", 48_000_000, 3))
    assert told(made) == [("DE", "same_as", "DK", "undecided")]
    assert found(german, by("DK", "Heated shelters, jointly with Germany", 20_000_000, 3)).height == 0


def test_a_share_of_a_whole_that_two_partners_state_is_part_of_either() -> None:
    title = "Joint Nordic package of ferries: Denmark, Norway, Sweden"
    share = by("SE", "Sweden's share of the joint Nordic package of ferries", 15_000_000, 2)
    made = found(by("DK", title, 48_000_000), by("NO", title, 48_000_000, 1), share)
    assert told(made) == [
        ("DK", "same_as", "NO", "undecided"),
        ("SE", "part_of", "DK", "undecided"),
        ("SE", "part_of", "NO", "undecided"),
    ]


@pytest.mark.parametrize(
    ("text", "amount", "pairs"),
    [
        ("Ferries for the port of Odesa", 5_543_000, 1),
        ("Ferries for the port of Odesa", 6_543_000, 0),
        ("Ferries for the port of Izmail", 5_543_000, 0),
    ],
)
def test_two_partners_announce_one_title_and_amount_in_two_currencies(
    text: str, amount: int, pairs: int
) -> None:
    rates = pl.DataFrame(
        {"currency": ["USD"], "day": [DAY], "per_eur": [Decimal("1.25")], "source": ["test"]}
    )
    rows = entries(
        by("DE", "Ferries for the port of Odesa", 4_434_400),
        by("US", text, amount, 5) | {"currency": "USD"},
    )
    scopes = pl.DataFrame(schema=SCOPES)
    made = two_partners(Evidence(rows, records(rows, rates), scopes, pl.DataFrame(), Policy()))
    assert made.select("left", "relation", "right").rows() == [("DE", "same_as", "US")] * pairs
