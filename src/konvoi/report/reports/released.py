"""Further contributions, not named: released sums of what their partners keep confidential."""

from konvoi.ledger.question import DELIVERED
from konvoi.ledger.release import Figure, Release, contains_own, current
from konvoi.report.case import Case
from konvoi.report.ledger.figures import stage_name
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report

TABLE = "released-table"
_NONE = Message("No sums of confidential contributions were released.")

_ALONE = Message(
    "Released sums of contributions that their partners keep confidential. "
    "They are in no other figure of this brief, and have no range."
)
_OWN = Message(
    "Released sums of contributions that their partners keep confidential, without a range. "
    "Your own contributions may be in them as well as in other figures of this brief, "
    "so they cannot be added."
)


def section(case: Case) -> Section | None:
    """Each released sum with its day; left out where nothing was released."""
    if not case.released:
        return None
    names = Names(case)
    found = current(case.released)
    rows = tuple(_row(case, names, release, one) for release, one in found)
    own = contains_own(case.entries, case.reader, (one for one, _ in found))
    return Section(
        "released",
        Message("Confidential contributions in total"),
        (_OWN if own else _ALONE,),
        (),
        (_table(rows),),
    )


def _row(case: Case, names: Names, release: Release, one: Figure) -> tuple[Value, ...]:
    stage = release.question.stage
    about = Message(stage) if stage == DELIVERED else stage_name(stage)
    good = release.question.good
    return (
        Message(release.reader) if release.reader in ("public", "coalition") else names.party(release.reader),
        (names.good(good), ", ", about) if good else about,
        _key(names, release.question.by, one.key),
        _sum(release, one),
        release.as_of,
    )


def _key(names: Names, by: str, key: str) -> Value:
    """The row of the total, by its name."""
    if not key:
        return Message("Total")
    if by == "kind":
        return names.kind(key)
    return names.good(key) if by == "good" else key


def _sum(release: Release, one: Figure) -> Value:
    """The sum, or the two ends of its band."""
    ends = (one.value,) if one.band is None else one.band
    numbers = [Number(end, one.unit, release.question.stage, release.as_of, to=TABLE) for end in ends]
    return numbers[0] if len(numbers) == 1 else (numbers[0], " – ", numbers[1])


def _table(rows: tuple[tuple[Value, ...], ...]) -> Table:
    columns = (
        Column(Message("Released to")),
        Column(Message("Stage")),
        Column(Message("Row")),
        Column(Message("Sum"), "", "number"),
        Column(Message("As of"), "", "day"),
    )
    return Table(TABLE, Message("Released sums"), columns, rows, _NONE)


RELEASED_REPORT = Report("released", section)
