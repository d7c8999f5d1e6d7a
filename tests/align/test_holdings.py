"""Chains of stated ownership: the matcher joins two spellings, asks about a doubtful pair, breaks none."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from tests.align.screened import DAY, LISTINGS, READY, found, listed, lists, party

from konvoi.align.hits import Said
from konvoi.align.holdings import chains, owners
from konvoi.align.ownership import owned
from konvoi.align.roles import Rules
from konvoi.align.stated import Stated
from konvoi.kit.text import fold

A, B = "Sorvane Holding", "Briskel Shipping Company"


def rows(*told: tuple[str, str, int | None]) -> list[Stated]:
    return [
        Stated(owner, held, None if share is None else Decimal(share), "register")
        for owner, held, share in told
    ]


def test_shares_above_the_whole_cycles_and_two_shares_of_one_day_are_findings() -> None:
    over = chains([party("Target")], rows((A, "Target", 60), (B, "Target", 60)), DAY, READY)
    assert [(one.code, one.read) for one in over.findings] == [("ownership-too-much", "120")]
    round_ = chains([party("Target")], rows(("Target", "Middle", 9), ("Middle", "Target", 9)), DAY, READY)
    assert [(one.code, one.read) for one in round_.findings] == [
        ("ownership-cycle", "Target → Middle → Target")
    ]
    itself = chains([party("Target")], rows(("Target", "Target", 10)), DAY, READY)
    assert [one.code for one in itself.findings] == ["ownership-cycle"]
    two = rows((A, "Target", 80), (A, "Target", 10))
    assert [one.code for one in chains([party("Target")], two, DAY, READY).findings] == ["ownership-conflict"]
    (edge,) = chains([party("Target")], two, DAY, READY).held["Target"]
    assert edge[1].percent == 80


def test_what_a_party_holds_in_itself_adds_nothing_to_what_listed_owners_hold() -> None:
    asked = (party("Target"),)
    known = chains(asked, rows((A, "Target", None), ("Target", "Target", 100)), DAY, READY)
    hits = owned(asked, known, found(*asked, *owners(known)), Rules(), DAY)
    assert {one.said for one in hits} == {Said.REVIEW}
    assert {one.speaks_for[0].partition("|")[0] for one in hits} == {"owned:0"}


SYLLABLES = ("bor", "vel", "mun", "tas", "kir", "dol", "pen", "gra", "lum", "sev", "ruk", "nim")
MANY = lists(
    [
        *LISTINGS,
        *(
            listed(f"m{at}{to}", f"{a}{b}{c} {d}{a}{b}".title())
            for at, (a, b) in enumerate(permutations(SYLLABLES, 2))
            for to, (c, d) in enumerate((("on", "ar"), ("ik", "us"), ("em", "ol")))
        ),
    ]
)


def joined(told: list[Stated]) -> tuple[Said | None, tuple[str, ...]]:
    """What is said of Target with a larger list, on which names weigh as on real ones, and the links."""
    asked = (party("Target"),)
    known = chains(asked, told, DAY, MANY)
    hits = owned(asked, known, found(*asked, *owners(known), where=MANY), Rules(), DAY)
    return (hits[0].said, hits[0].chain) if hits else (None, ())


def test_a_middle_company_spelt_two_ways_is_one_link_and_the_chain_says_so() -> None:
    told = rows((A, "Quarnevik Zholtrade LLC", 60), ("ООО Кварневик Жолтрейд", "Target", 55))
    said, links = joined(told)
    assert said == Said.MATCH
    assert [one for one in links if " = " in one] != []
    assert len([one for one in links if " → " in one]) == 2


def test_a_doubtful_join_of_a_middle_company_is_a_question_and_neither_broken_nor_joined() -> None:
    told = rows((A, "Quarnevik Zholtrade", 60), ("Quarnevik Zholtrade Finance", "Target", 55))
    said, links = joined(told)
    assert said == Said.REVIEW
    assert [one for one in links if " ≟ " in one] != []


def test_a_name_that_two_parties_bear_is_a_question_about_the_second() -> None:
    """A row says of Middle that it is owned; which of the two is meant is not known."""
    two = (party("Middle"), replace(party("Middle"), party="other"))
    known = chains(two, rows((A, "Middle", 80)), DAY, READY)
    direct = found(*two, *owners(known))
    said = {one.party: one.said for one in owned(two, known, direct, Rules(), DAY)}
    assert said == {"Middle": Said.MATCH, "other": Said.REVIEW}


def test_a_parent_and_its_branch_are_never_joined_without_a_question() -> None:
    told = rows((A, "Quarnevik Zholtrade Lumborik", 60), ("Quarnevik Zholtrade Lumborik Navy", "Target", 55))
    assert joined(told)[0] == Said.REVIEW


def test_other_companies_are_not_joined_at_all() -> None:
    assert joined(rows((A, "Quarnevik Zholtrade", 60), ("Pellavar Rail", "Target", 55))) == (None, ())


def test_two_people_of_one_name_in_two_spellings_are_never_joined_without_a_question() -> None:
    told = rows(("Oleksandr Zholnevik", "Middle", 90), ("Aleksandr Zholnevik", "Target", 10))
    known = chains([party("Target")], told, DAY, MANY)
    assert len({known.names[fold(one.owner)] for one in told}) == 2
