"""A name is learnt where its statements agree with those of one party; else it is a question."""

from datetime import date, timedelta

from tests.reconcile.ledgers import entries

from konvoi.reconcile.aliases import learnt_aliases

DAY = date(2023, 1, 1)
KNOWN = {"NL-1": "NL-1", "SL-1": "SL-1"}


TOWNS = ("Konotop", "Izium", "Uman", "Kovel", "Balakliia", "Okhtyrka", "Pavlohrad", "Mukachevo")


def given(party: str, *sums: int, days: int = 0, text: str = "") -> list[dict[str, object]]:
    """Gifts of a party for one town after the other, a month apart, each of its own sum."""
    return [
        {
            "entry": f"{party}/{n:02}",
            "party": party,
            "amount_minor": amount * 1_000_00,
            "currency": "EUR",
            "text": text or f"tents for {TOWNS[n % 8]}",
            "day_from": (on := DAY + timedelta(days=30 * n + days)),
            "day_to": on,
        }
        for n, amount in enumerate(sums)
    ]


SUMS = (11, 23, 37, 41, 53, 67, 71, 83)


def learnt(*rows: dict[str, object]) -> list[tuple[str, str, bool]]:
    found = learnt_aliases(entries(*rows), KNOWN)
    return list(found.select("name", "party", "sure").iter_rows())


def test_statements_of_one_amount_day_and_content_under_two_names_make_an_alias() -> None:
    assert learnt(*given("NL-1", *SUMS), *given("Seaport", *SUMS, days=3)) == [("Seaport", "NL-1", True)]


def test_a_few_agreements_are_a_question() -> None:
    few = SUMS[:3]
    assert learnt(*given("NL-1", *few), *given("Seaport", *few, days=3)) == [("Seaport", "NL-1", False)]


def test_a_name_that_agrees_with_two_parties_is_a_question() -> None:
    both = (*given("NL-1", *SUMS), *given("SL-1", *SUMS, days=1), *given("Seaport", *SUMS, days=3))
    assert [sure for *_, sure in learnt(*both)] == [False]


def test_one_round_amount_that_always_recurs_proves_nothing() -> None:
    one, other = (
        given("NL-1", *(10,) * 20, text="tents"),
        given("Seaport", *(10,) * 20, days=15, text="tents"),
    )
    assert [sure for *_, sure in learnt(*one, *other) if sure] == []


def test_the_same_amount_for_another_thing_proves_nothing() -> None:
    assert learnt(*given("NL-1", *SUMS), *given("Seaport", *SUMS, days=3, text="radar sets")) == []


def test_the_order_of_statements_changes_nothing() -> None:
    rows = [*given("NL-1", *SUMS), *given("Seaport", *SUMS, days=3)]
    table = entries(*rows)
    assert learnt_aliases(table, KNOWN).equals(learnt_aliases(table.reverse(), KNOWN))


def stated(party: str, *numbers: int, days: int = 0) -> list[dict[str, object]]:
    """Statements without amounts, of one number each for one town after the other, a month apart.

    The towns of a party P-n are its own.
    """
    own = "" if party[:2] != "P-" else party[2:].translate(str.maketrans("012345678", "abcdefghi"))
    return [
        {
            "entry": f"{party}/{n:02}",
            "party": party,
            "text": f"{number} tents for {TOWNS[n % 8]}{'vwxyz'[n // 8]}{own}",
            "day_from": (on := DAY + timedelta(days=30 * n + days)),
            "day_to": on,
        }
        for n, number in enumerate(numbers)
    ]


MANY = (11, 23, 37, 41, 53, 67, 71, 83, 97, 101, 113, 127)
OTHERS = [row for n in range(9) for row in stated(f"P-{n}", *(200 + 50 * n + m for m in range(12)))]
NINE = {"NL-1": "NL-1"} | {f"P-{n}": f"P-{n}" for n in range(9)}


def test_numbers_and_uncommon_words_of_one_party_make_an_alias_without_any_amount() -> None:
    rows = (*OTHERS, *stated("NL-1", *MANY))
    known = entries(*rows, *stated("Seaport", *MANY, days=5))
    assert learnt_aliases(known, NINE).select("name", "party", "sure").rows() == [("Seaport", "NL-1", True)]
    two = entries(*rows, *stated("Seaport", *MANY[:2], days=5))
    assert not learnt_aliases(two, NINE)["sure"].any()


def test_a_hint_needs_less_evidence_and_counts_for_its_own_party_alone() -> None:
    two = entries(*OTHERS, *stated("NL-1", *MANY), *stated("Seaport", *MANY[:2], days=5))
    assert learnt_aliases(two, NINE, {"Seaport": {"NL-1"}})["sure"].to_list() == [True]
    assert learnt_aliases(two, NINE, {"Seaport": {"P-3"}})["sure"].to_list() == [False]
