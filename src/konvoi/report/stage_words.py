"""The stage that a sentence names for each of its figures, so that no later stage is read than is known.

Each template that names a stage in its own words, or takes one as a value, stands here with the figures of
which it says so. tests/report/test_stage_words.py holds every sentence of a brief against it: the stage of
the number must be the one that is named.
"""

from collections.abc import Iterator, Mapping

from konvoi.model.stages import Stage
from konvoi.report.page import Message, Number, Share, Value

FULFILLED = "fulfilled"
DELIVERED = "delivered or disbursed"
"""The end of every channel, as headlines name it."""

RECEIVED = str(Stage.RECEIVED)
HANDED_OVER = str(Stage.HANDED_OVER)
DISBURSED = str(Stage.DISBURSED)
COMMITTED = str(Stage.COMMITTED)

WORDS = (
    *(str(stage) for stage in Stage),
    *(FULFILLED, "delivered", "arrived"),
)
"""Words that name a stage, or that a reader takes for one."""

_END = {"given": "{word}", "arrived": FULFILLED}
_PACE = {"first": "{first_stage}", "last": FULFILLED}
_WORD = {"given": "{word}"}
_PAID = {"total": COMMITTED, "paid": DISBURSED, "share": DISBURSED}

PLEDGED = str(Stage.PLEDGED)

NAMED: Mapping[str, Mapping[str, str]] = {
    "{pledged} pledged, {delivered} ({share}) delivered or disbursed. Outstanding: {gap}.": {
        "pledged": PLEDGED,
        "delivered": DELIVERED,
    },
    "{party}: {pledged} pledged, {delivered} ({share}) delivered or disbursed. Outstanding: {gap}.": {
        "pledged": PLEDGED,
        "delivered": DELIVERED,
    },
    "{pledged} pledged. Deliveries and disbursements are not reported.": {"pledged": PLEDGED},
    "{pledged} pledged. Deliveries are reported, but none with a value.": {"pledged": PLEDGED},
    "{party}: {pledged} pledged; deliveries with a value are not reported.": {"pledged": PLEDGED},
    "Of {given} ({word}), {arrived} ({share}) is reported as fulfilled. The gap is {gap}.": _END,
    (
        "Of {given} ({word}), {arrived} ({share}) is reported as fulfilled. As far as values are known "
        "and ends reported, the gap is {gap}."
    ): _END,
    "Of {given} ({word}), nobody reports anything as fulfilled. How large the gap is, is not known.": _WORD,
    "Of {given} ({word}), what is reported as fulfilled has no known value. The gap is not known.": _WORD,
    "From {since} to {day} came {first} ({first_stage}), and {last} was fulfilled.": _PACE,
    "From {since} to {day}, entries that count: {first} ({first_stage}) and {last} (fulfilled).": _PACE,
    "From {since} to {day} came {first} ({first_stage}); nobody reports anything as fulfilled then.": {
        "first": "{first_stage}"
    },
    "From {since} to {day}, entries that count: {first} ({first_stage}), none of them fulfilled.": {
        "first": "{first_stage}"
    },
    (
        "{what}, as {source} claims: {total} (committed), {paid} (disbursed), that is {share}. "
        "Of all money, our entries report {ours} (disbursed)."
    ): _PAID | {"ours": DISBURSED},
    (
        "{what}, as {source} claims: {total} (committed), {paid} (disbursed), that is {share}. "
        "No entry of ours reports any money as disbursed."
    ): _PAID,
    "Route {route}: of {lines}, {came} came wholly or in part so far: {stage}.": {"came": "{stage}"},
    (
        "Route {route}: of {lines}, {came} came wholly or in part so far: {stage}. "
        "Of {unknown} nobody says whether they did."
    ): {"came": "{stage}", "unknown": "{stage}"},
    (
        "Route {route}, where a quantity is known: of {lines}, {came} came wholly or in part so far: "
        "{stage}. Of {unknown} nobody says whether they did."
    ): {"came": "{stage}", "unknown": "{stage}"},
    "Defence: of {asked} kits that are asked for, {whole} are handed over whole, and so usable.": {
        "whole": HANDED_OVER
    },
    (
        "Economy: in the periods begun so far {paid} (disbursed) stand against a stated need of {needed}: "
        "{share}."
    ): {"paid": DISBURSED},
    "Of what was needed by {day}, by value, {share} was received by its due day, and {late} after it.": {
        "share": RECEIVED,
        "late": RECEIVED,
    },
    "Least against its need got {oblast}: {share} of what is asked for there in civil goods is received.": {
        "share": RECEIVED
    },
}
"""By template: figure → the stage that its words name, or in braces the value that names it."""


def stage_of(value: Value) -> str:
    """The stage that a value names; of one with what takes it (“disbursed (money)”) the stage alone."""
    if isinstance(value, Message):
        inner = value.values.get("stage")
        return stage_of(inner) if isinstance(inner, Message) else value.id
    return str(value)


def faults(message: Message) -> Iterator[str]:
    """The figures of a sentence whose own stage is another than the one that the sentence names."""
    for name, named in NAMED.get(message.id, {}).items():
        figure = message.values.get(name)
        wanted = stage_of(message.values[named[1:-1]]) if named.startswith("{") else named
        wanted = FULFILLED if wanted == DELIVERED else wanted
        known = figure.stage if isinstance(figure, Number | Share) else ""
        if known != wanted:
            yield f"{name}: {known or 'no stage'}, where the sentence says {wanted}"
