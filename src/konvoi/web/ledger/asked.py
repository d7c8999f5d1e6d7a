"""A total as a form asks for it: the options of `konvoi total`, read from an address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from konvoi.flow import name_lookup as known
from konvoi.flow.kept_totals import KeptTotals
from konvoi.flow.submissions.not_counted import NotCounted
from konvoi.flow.totals_asked import ask, full, sources
from konvoi.ledger.answer import Part, Total
from konvoi.ledger.question import ATTRIBUTE, BY, LEVELS, SHARED, STAGES, Question
from konvoi.ledger.release import Figure, Release, beside, contains_own
from konvoi.model.stages import KINDS, RULES

FIELDS: Mapping[str, tuple[str, ...]] = {
    "stage": STAGES,
    "what": ("amount", "quantity"),
    "by": ("", *BY),
    "kind": ("", *KINDS),
    "rule": ("", *RULES),
    "level": LEVELS,
    "shared": SHARED,
    "attribute": ATTRIBUTE,
}
"""Options with a fixed list of values, the default first except of stages (pledged)."""
TEXTS = ("party", "good", "boundary", "currency")
MARKS = ("exact", "mix")
LONG = 200


@dataclass(frozen=True)
class Asked:
    """The options of a total as an address names them. day: facts up to it. wrong: what cannot be read, by
    the name of the option.
    """

    values: Mapping[str, str]
    wrong: Mapping[str, str]

    @property
    def is_asked(self) -> bool:
        """True where the form was sent."""
        return "stage" in self.values


@dataclass(frozen=True)
class Answered:
    """The answer to a form. question: as it was understood. mixed: the part of each source in a total that
    mixes several. further: released figures of contributions that the reader may not see. own: whether these
    may contain the reader's own.
    """

    question: Question
    total: Total
    mixed: tuple[Part, ...]
    missing: NotCounted
    further: tuple[tuple[Release, Figure], ...]
    own: bool


def asked(given: Mapping[str, str]) -> Asked:
    """Return the options that an address names."""
    values = {name: given[name].strip()[:LONG] for name in (*FIELDS, *TEXTS, *MARKS, "on") if given.get(name)}
    return Asked(values, {})


def answered(options: Asked, kept: KeptTotals) -> Answered | Asked:
    """Return the total that is asked for; the options with what is wrong with them where it cannot be."""
    wrong: dict[str, str] = {}
    values: dict[str, object] = {name: True for name in MARKS if name in options.values}
    for name, allowed in FIELDS.items():
        text = options.values.get(name, "")
        if text and text not in allowed:
            wrong[name] = text
        elif text:
            values[name] = text
    try:
        values["on"] = date.fromisoformat(options.values["on"]) if "on" in options.values else None
    except ValueError:
        wrong["on"] = options.values["on"]
    values |= _named(options, kept, wrong)
    if wrong:
        return replace(options, wrong=wrong)
    try:
        question = Question(**values)  # type: ignore[arg-type]
    except ValueError:
        return replace(options, wrong={"boundary": options.values.get("boundary", "")})
    total = ask(kept.gathered, question, kept.settings, with_rows=True)
    further = _further(question, total, kept)
    return Answered(
        question,
        total,
        sources(kept.gathered, question, kept.settings, total),
        kept.missing,
        further,
        contains_own(kept.gathered.ledger.entries, kept.gathered.view.reader, (one for one, _ in further)),
    )


def _named(options: Asked, kept: KeptTotals, wrong: dict[str, str]) -> dict[str, str]:
    """Return the partner, good, boundary and currency that the options mean."""
    found: dict[str, str] = {}
    given = {name: options.values.get(name, "") for name in TEXTS}
    for name in TEXTS:
        try:
            match name:
                case "party":
                    found[name] = known.party(name, given[name], kept.gathered, kept.settings)
                case "good":
                    found[name] = known.good(name, given[name], kept.gathered)
                case "boundary":
                    found[name] = known.boundary(name, given[name], kept.settings.boundaries)
                case _:
                    found[name] = known.currency(name, given[name])
        except known.Unknown as error:
            near = ", ".join(error.near)
            wrong[name] = near or given[name]
    return found


def _further(question: Question, total: Total, kept: KeptTotals) -> tuple[tuple[Release, Figure], ...]:
    if kept.gathered.view.is_cell or total.refused:
        return ()
    named = replace(question, rule=full(kept.gathered, question, kept.settings).rule)
    return tuple(beside(named, total.unit, kept.releases))
