"""Undecided pairs become decisions, and only consistent decisions are taken together."""

import pytest
from tests.ledger.ledgers import ledger

from konvoi.ledger.decisions import Cluster, Consistency, Decision, Option, Partial, clusters
from konvoi.ledger.links import Links, links

Told = tuple[str, str, str]
"""Left, relation, right."""


def row(left: str, relation: str, right: str) -> dict[str, object]:
    return {"left": left, "right": right, "relation": relation, "subtype": "", "most": None}


def option(*told: Told) -> Option:
    return Option(told[0][1], tuple(row(*one) for one in told))


def rules(*accepted: Told, apart: tuple[tuple[str, str], ...] = ()) -> Consistency:
    return Consistency(Cluster(tuple("abcd"), tuple(row(*one) for one in accepted), (), frozenset(apart)))


def taken(known: Consistency, *options: Option) -> Partial | None:
    """Accept options one by one; None where one contradicts those before it."""
    found: Partial | None = known.start
    for one in options:
        found = None if found is None else known.accept(found, one)
    return found


def same(left: str, right: str) -> Option:
    return option((left, "same_as", right))


def part(left: str, right: str) -> Option:
    return option((left, "part_of", right))


def test_what_a_chain_of_the_same_joins_is_not_decided_otherwise() -> None:
    known = rules()
    assert taken(known, same("a", "b"), same("b", "c"), same("a", "c")) is not None
    assert taken(known, same("a", "b"), part("a", "b")) is None
    assert taken(known, part("a", "b"), same("b", "a")) is None
    assert taken(known, part("a", "c"), same("a", "b"), same("b", "c")) is None
    assert taken(known, part("a", "c"), same("a", "b"), same("c", "d")) is not None


def test_pairs_that_were_held_apart_are_never_joined_not_even_through_a_third() -> None:
    known = rules(apart=(("a", "c"),))
    assert taken(known, same("a", "b")) is not None
    assert taken(known, same("a", "c")) is None
    assert taken(known, same("a", "b"), same("b", "c")) is None
    joined = rules(("a", "same_as", "c"), apart=(("a", "c"),))
    assert taken(joined, same("a", "b")) is not None


def test_to_reject_the_same_holds_the_two_apart_from_then_on() -> None:
    known = rules()
    decision = Decision(("a", "b"), (same("a", "b"),))
    apart = known.reject(known.start, decision)
    assert apart is not None
    assert known.accept(apart, same("a", "b")) is None
    joined = known.accept(known.start, same("a", "b"))
    assert joined is not None
    assert known.reject(joined, decision) is None
    assert known.reject(joined, Decision(("a", "b"), (part("a", "b"),))) is joined
    both = Decision(("a", "b"), (part("a", "b"), same("a", "b")))
    assert known.reject(joined, both) is None


def holds(known: Consistency, *options: Option) -> bool:
    found = taken(known, *options)
    assert found is not None
    return known.holds(found)


def test_a_part_has_one_whole_or_wholes_that_are_the_same() -> None:
    assert holds(rules(), part("a", "b"))
    assert not holds(rules(), part("a", "b"), part("a", "c"))
    assert holds(rules(), part("a", "b"), part("a", "c"), same("b", "c"))
    assert not holds(rules(), part("a", "b"), part("c", "d"), same("a", "c"))
    assert holds(rules(), part("a", "b"), option(("a", "contracts_for", "c")))


def test_a_part_keeps_as_many_wholes_as_accepted_relations_name() -> None:
    known = rules(("a", "part_of", "b"), ("a", "part_of", "c"))
    assert known.allowed == {"a": 2}
    assert holds(known)
    assert holds(known, option(("b", "contracts_for", "d")))
    assert not holds(known, part("a", "d"))
    assert not holds(rules(("a", "part_of", "b")), part("a", "d"))


def test_no_relation_leads_in_a_circle() -> None:
    assert not holds(rules(), part("a", "b"), part("b", "a"))
    assert not holds(rules(), part("a", "b"), part("b", "c"), part("c", "a"))
    assert holds(rules(), part("a", "b"), part("b", "c"), option(("c", "contracts_for", "a")))
    assert not holds(rules(), part("a", "b"), part("c", "d"), same("b", "c"), same("a", "d"))
    circle = rules(("a", "restates", "b"), ("b", "restates", "a"))
    assert circle.circular == {"restates"}
    assert holds(circle, option(("c", "restates", "d")))
    assert not holds(circle, part("c", "d"), part("d", "c"))


def test_a_circle_of_accepted_relations_stands_where_nothing_is_open() -> None:
    """People accepted it; only open relations are tried against it."""
    circle = rules(("a", "part_of", "b"), ("b", "part_of", "a"))
    assert holds(circle)
    assert not holds(rules(("a", "part_of", "b")), part("b", "a"))


def test_an_option_has_the_odds_of_its_probability() -> None:
    assert same("a", "b").odds == 1
    assert same("a", "b")._replace(probability=0.75).odds == 3


Relation = tuple[str | float, ...]


def linked(*relations: Relation, count: int = 4) -> Links:
    rows: list[dict[str, object]] = [{"package": f"p{n}"} for n in range(count)]
    some = ledger(*rows, relations=relations)
    units = some.entries.select("entry", "stage", value="amount_minor", unit="package")
    named = units.with_columns(unit="AR\x1f" + units["unit"] + "\x1f")
    return links(named, some, None)


def found(*relations: Relation, count: int = 4, more: tuple[str, ...] = ()) -> list[tuple[str, int, int]]:
    """Return units, number of accepted relations and number of decisions of each cluster."""
    wanted = [f"AR\x1f{one}\x1f" for one in more]
    return [
        ("".join(unit.split("\x1f")[1] for unit in one.units), len(one.accepted), len(one.decisions))
        for one in clusters(linked(*relations, count=count), wanted)
    ]


def test_a_cluster_holds_what_accepted_and_undecided_relations_connect() -> None:
    undecided = ("e0", "same_as", "e1", "undecided")
    accepted = ("e1", "part_of", "e2", "accepted")
    other = ("e3", "part_of", "e4", "accepted")
    assert found(undecided, accepted, other, count=5) == [("p0p1p2", 1, 1)]
    assert found(undecided, accepted, other, count=5, more=("p4",)) == [("p0p1p2", 1, 1), ("p3p4", 1, 0)]
    assert found(accepted) == []
    assert found(undecided, more=("p3",)) == [("p0p1", 0, 1), ("p3", 0, 0)]


@pytest.mark.parametrize(
    ("relations", "decisions"),
    [
        ([("e0", "same_as", "e1", "undecided"), ("e1", "same_as", "e0", "undecided")], 1),
        ([("e0", "same_as", "e1", "undecided"), ("e0", "part_of", "e1", "undecided")], 1),
        ([("e0", "same_as", "e1", "undecided"), ("e1", "same_as", "e0", "rejected")], 0),
        ([("e0", "part_of", "e1", "undecided"), ("e0", "part_of", "e1", "rejected")], 0),
        ([("e0", "part_of", "e1", "undecided"), ("e1", "part_of", "e0", "rejected")], 1),
        ([("e0", "part_of", "e1", "undecided"), ("e1", "restates", "e0", "accepted")], 0),
    ],
)
def test_a_pair_is_one_decision_unless_it_is_settled(relations: list[Relation], decisions: int) -> None:
    assert sum(one for _, _, one in found(*relations)) == decisions


def test_of_one_option_stated_twice_the_likelier_counts_and_certainty_is_not_reached() -> None:
    def likely(*relations: Relation) -> list[float]:
        (cluster,) = clusters(linked(*relations))
        return [one.probability for decision in cluster.decisions for one in decision.options]

    one = ("e0", "same_as", "e1", "undecided")
    assert likely((*one, 0.3), ("e1", "same_as", "e0", "undecided", 0.6)) == [0.6]
    assert likely((*one, 1.0)) == [0.999]
    assert likely((*one, 0.0)) == [pytest.approx(0.001)]
    assert likely(one) == [0.5]
    assert likely((*one, 0.3), ("e0", "part_of", "e1", "undecided", 0.6)) == [0.6, 0.3]


def test_pairs_that_are_rejected_or_related_otherwise_are_apart() -> None:
    undecided = [("e0", "same_as", "e1", "undecided"), ("e1", "same_as", "e2", "undecided")]

    def apart(*more: Relation) -> set[tuple[str, ...]]:
        (cluster,) = clusters(linked(*undecided, *more))
        return {tuple(end.split("\x1f")[1] for end in ends) for ends in cluster.apart}

    assert apart() == set()
    assert apart(("e2", "same_as", "e0", "rejected")) == {("p0", "p2")}
    assert apart(("e2", "part_of", "e0", "accepted")) == {("p0", "p2")}
    assert apart(("e2", "part_of", "e0", "rejected")) == set()
    assert apart(("e2", "same_as", "e3", "rejected")) == set()
