"""A listing draws together what several rows tell of one party."""

from datetime import date

from konvoi.align.listing import Kind, Listing, Measure, Name, NameKind, Order, Since, joined
from konvoi.kit.days import Days
from konvoi.model.finding import Place


def day(number: int) -> Days:
    return Days(date(2031, 1, number), date(2031, 1, number))


def row(id: str, name: str, since: Days | None = None, until: date | None = None, act: str = "A") -> Listing:
    known = Since.GIVEN if since else Since.UNKNOWN
    measure = Measure(Order.ASSET_FREEZE, "freeze", act, since, known, until)
    return Listing(id, Kind.PERSON, (Name(name),), Place("f", "", 1), programme=act, measures=(measure,))


def test_rows_of_one_id_are_one_with_each_thing_once() -> None:
    (one, other) = joined(
        [row("1", "Ann"), row("2", "Bob"), row("1", "Ann"), row("1", "Anna", day(3), act="B")]
    )
    assert [name.text for name in one.names] == ["Ann", "Anna"]
    assert (len(one.measures), one.programme, other.name) == (2, "A; B", "Bob")


def test_since_is_the_first_of_all_measures_and_until_the_last_if_all_end() -> None:
    ending = joined([row("1", "A", day(5), date(2031, 2, 1)), row("1", "A", day(3), date(2031, 3, 1))])[0]
    assert (ending.since, ending.until) == (day(3), date(2031, 3, 1))
    endless = joined([row("1", "A", day(5), date(2031, 2, 1)), row("1", "A", day(3))])[0]
    assert endless.until is None


def test_the_primary_name_goes_before_others_wherever_it_stands() -> None:
    names = (Name("Иван", NameKind.ORIGINAL), Name("Ivan"))
    assert Listing("1", Kind.PERSON, names, Place()).name == "Ivan"
    assert Listing("1", Kind.PERSON, names[:1], Place()).name == "Иван"
