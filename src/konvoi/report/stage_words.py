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

_REGISTER = {"committed": COMMITTED, "allocated": str(Stage.ALLOCATED)}
_END = {"given": "{word}", "arrived": FULFILLED}
_PACE = {"first": "{first_stage}", "last": FULFILLED}
_WORD = {"given": "{word}"}
_PAID = {"total": COMMITTED, "paid": DISBURSED, "share": DISBURSED}

PLEDGED = str(Stage.PLEDGED)

NAMED: Mapping[str, Mapping[str, str]] = {
    "{given} {word}, {arrived} ({share}) delivered or disbursed. Outstanding: {gap}.": _END,
    "{pledged} pledged, {delivered} ({share}) delivered or disbursed. Outstanding: {gap}.": {
        "pledged": PLEDGED,
        "delivered": DELIVERED,
    },
    "{party}: {pledged} pledged, {delivered} ({share}) delivered or disbursed. Outstanding: {gap}.": {
        "pledged": PLEDGED,
        "delivered": DELIVERED,
    },
    "{pledged} pledged. Deliveries and disbursements are not reported.": {"pledged": PLEDGED},
    "The sources here report no delivery for {pledged} pledged by {count} partners": {"pledged": PLEDGED},
    (
        "{source}: {committed} committed and {allocated} allocated by {count} partners, {first} to {last}; "
        "{gap} not yet allocated by those that committed more than they allocated."
    ): _REGISTER,
    (
        "{source}: {committed} committed, {allocated} allocated. There is no gap: allocations draw on "
        "commitments of earlier years or on ones that the source does not know."
    ): _REGISTER,
    "{source}: {committed} committed, {allocated} allocated, {gap} not yet allocated.": _REGISTER,
    "{party} – {register} Announcements here, which are not the same items: {pledged}.": {"pledged": PLEDGED},
    "{source}: {allocated} allocated; commitments are not stated.": {"allocated": str(Stage.ALLOCATED)},
    "{pledged} pledged. Deliveries are reported, but none with a value.": {"pledged": PLEDGED},
    "{party}: {pledged} pledged; deliveries with a value are not reported.": {"pledged": PLEDGED},
    (
        "{given} {word}, {arrived} ({share}) delivered or disbursed. Outstanding (items with a known "
        "value and status): {gap}."
    ): _END,
    (
        "{given} {word}. No delivery or disbursement is reported; the outstanding amount cannot be computed."
    ): _WORD,
    (
        "{given} {word}. Reported deliveries have no stated value; the outstanding amount cannot be computed."
    ): _WORD,
    "{since} to {day}: {first} {first_stage}; {last} delivered or disbursed.": _PACE,
    "{since} to {day}, entries included: {first} ({first_stage}) and {last} (delivered or disbursed).": _PACE,
    "{since} to {day}: {first} {first_stage}; no delivery or disbursement reported.": {
        "first": "{first_stage}"
    },
    "{since} to {day}, entries included: {first} ({first_stage}), none delivered or disbursed.": {
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
    "Channel “{route}”: {lines}; of these, {came} reached the stage “{stage}” in full or in part.": {
        "came": "{stage}"
    },
    (
        "Channel “{route}”: {lines}; of these, {came} reached the stage “{stage}” in full or in part. No "
        "status reported: {unknown}."
    ): {"came": "{stage}", "unknown": "{stage}"},
    (
        "Channel “{route}”, items with a known quantity: {lines}; of these, {came} reached the stage "
        "“{stage}” in full or in part. No status reported: {unknown}."
    ): {"came": "{stage}", "unknown": "{stage}"},
    "Defence: {whole} of {asked} requested kits handed over complete and usable.": {"whole": HANDED_OVER},
    ("Economy: {paid} disbursed of a stated need of {needed} in the periods started so far ({share})."): {
        "paid": DISBURSED
    },
    "Needs due by {day}, by value: {share} received by the due date, {late} received later.": {
        "share": RECEIVED,
        "late": RECEIVED,
    },
    "Lowest coverage: {oblast}, {share} of requested civil goods received.": {"share": RECEIVED},
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
