"""A decision holds for one record and one listing; a freeze needs two persons; a licence lifts."""

from dataclasses import replace
from datetime import date

from tests.align.screened import DAY, LISTINGS, found, lists, party

from konvoi.align.alert_evidence import Seen, packed
from konvoi.align.clearing import Decision, decisions, refusal, reopened, settled
from konvoi.align.hits import Change, Hit, State
from konvoi.align.listing import Name
from konvoi.align.roles import Role


def hit(name: str = "Briskel Shipping", **more: object) -> Hit:
    """The hit of a party."""
    (one,) = found(party(name, **more))  # type: ignore[arg-type]
    return one


def state(one: Hit, *made: Decision, on: date = DAY) -> State:
    return settled([one], made, on)[0].state


def test_an_asset_freeze_is_cleared_by_two_persons_and_not_by_one_twice() -> None:
    one = hit()
    first, again = (
        Decision(one.id, "false positive", "M. Example", "r"),
        Decision(one.id, "false positive", "m. example", "r"),
    )
    assert state(one) == State.UNDECIDED
    assert state(one, first) == state(one, first, again) == State.ONE_OF_TWO
    assert state(one, first, Decision(one.id, "false positive", "N. Example", "r")) == State.FALSE_POSITIVE
    assert settled([one], [first], DAY)[0].stops


def test_what_is_no_freeze_is_cleared_by_one() -> None:
    one = hit("Ulmaro Instruments", roles=frozenset({Role.CONSIGNEE}))
    assert state(one, Decision(one.id, "false positive", "A", "r")) == State.FALSE_POSITIVE


def test_a_person_takes_a_clearance_back_and_one_who_confirms_keeps_it_blocked() -> None:
    one = hit()
    both = [Decision(one.id, "false positive", who, "r") for who in "AB"]
    assert state(one, *both, Decision(one.id, "undecided", "B", "r")) == State.ONE_OF_TWO
    assert state(one, *both, Decision(one.id, "true match", "C", "r")) == State.TRUE_MATCH
    assert settled([one], [Decision(one.id, "true match", "C", "r")], DAY)[0].stops


def test_a_licence_lifts_a_block_from_its_first_to_its_last_day() -> None:
    one = hit()
    first, last = date(2031, 3, 1), date(2031, 3, 31)
    made = Decision(one.id, "licensed", "A", "r", "Treasury", "L-12", "first aid", first, last)
    assert state(one, made) == state(one, made, on=last) == State.LICENSED
    assert state(one, made, on=date(2031, 4, 1)) == state(one, made, on=date(2031, 2, 28)) == State.UNDECIDED
    assert not settled([one], [made], DAY)[0].stops


def test_a_clearance_ends_where_the_listing_or_the_party_changes() -> None:
    one = hit()
    both = [Decision(one.id, "false positive", who, "r") for who in "AB"]
    changed = lists([replace(LISTINGS[0], names=(*LISTINGS[0].names, Name("Another")))])
    (amended,) = found(party("Briskel Shipping"), where=changed)
    (renamed,) = found(party("Briskel Shipping", "Briskel Lines"))
    assert state(one, *both) == State.FALSE_POSITIVE
    assert state(amended, *both) == state(renamed, *both) == State.UNDECIDED


def test_an_alert_that_is_open_again_says_what_was_decided_and_what_changed() -> None:
    one = hit()
    then = Seen({"name": ("Briskel Shipping",)}, {"name": ("Briskel",), "birth": ("1970",)})
    now = Seen({"name": ("Briskel Shipping",)}, {"name": ("Briskel", "Briskel Lines")})
    made = Decision("another", "false positive", "A", "r", party=one.party, listing=one.source.listing)
    told = replace(made, at="2031-03-01T10:00", seen=packed(then))
    (again,) = reopened([one], [told], lambda _: now)
    assert again.earlier == "false positive, A, 2031-03-01"
    assert again.reopened == (
        Change("listing", "birth", "1970", ""),
        Change("listing", "name", "", "Briskel Lines"),
    )
    (unknown,) = reopened([one], [made], lambda _: now)
    assert unknown.reopened == (Change("listing"),)
    taken_back = replace(made, verdict="undecided")
    assert reopened([one], [told, taken_back], lambda _: now)[0].reopened == ()
    assert reopened([one], [replace(told, hit=one.id)], lambda _: now)[0].reopened == ()


def test_nobody_is_cleared_by_a_list_that_is_too_old_nor_by_one_person_twice() -> None:
    one = hit()
    assert "2 days old" in refusal(one, [], "A", most=1)
    assert refusal(one, [], "A", most=2) == ""
    made = [Decision(one.id, "false positive", "A", "r")]
    (half,) = settled([one], made, DAY)
    assert "second person" in refusal(half, made, " a ", most=2)
    assert refusal(half, made, "B", most=2) == ""


def test_a_row_that_decides_nothing_is_told_with_its_column() -> None:
    head = "hit,verdict,by,reason,authority,reference,scope,from,to\n"
    good, told = decisions(
        f"{head}h1,cleared,A,'=1+1,,,,,\n,cleared,A,r,,,,,\nh1,perhaps,A,r,,,,,\nh1,cleared,A,,,,,,\n"
        "h1,licensed,A,r,T,L-1,,2031-01-01,2031-02-01\nh1,cleared,A,r,,,,1.1.2031,\n"
        "h1,licensed,A,r,T,L-1,aid,2031-02-01,2031-01-01\n"
    )
    assert [(one.hit, one.verdict, one.reason) for one in good] == [("h1", "false positive", "=1+1")]
    assert [(one.place.row, one.place.column) for one in told] == [
        *((3, "hit"), (4, "verdict"), (5, "reason"), (6, "scope"), (7, "from"), (8, "to")),
    ]
    assert [one.code for one in decisions("x\n1\n")[1]] == ["clearance-broken"]
    assert decisions("") == ((), ())
