"""Findings on lists: for each code how heavy it is, what was expected, and what to do."""

from konvoi.model.finding import Finding, Place, Severity

_WORDS: dict[str, tuple[Severity, str, str]] = {
    "list-unknown": (
        Severity.ERROR,
        "a file of the list of {regime} as its authority publishes it",
        "Check that it is the file you meant; where columns were renamed, its reader must learn them.",
    ),
    "list-days-differ": (
        Severity.ERROR,
        "aliases and addresses of the same day as the primary names",
        "Take the three files of one day; a file of primary names may also stand alone.",
    ),
    "list-text-cut": (
        Severity.WARNING,
        "remarks of fewer than {most} characters",
        "The file cuts longer ones off: numbers of {name} may be missing; look it up at the source.",
    ),
    "listed-since-unknown": (
        Severity.NOTE,
        "a day of listing in each row",
        "{count} rows say nothing of since when; an earlier version of the list may.",
    ),
    "identifier-check": (
        Severity.NOTE,
        "a number of type {type} whose check digits hold",
        "It is kept and shown, but decides nothing about {name}.",
    ),
    "birth-unread": (
        Severity.NOTE,
        "a day, a month with its year, or a year",
        "It is kept as it stands; nothing is compared with it.",
    ),
    "register-behind": (
        Severity.WARNING,
        "decrees up to {day}, the day of the list",
        "Of later days it is not known who is listed; fetch the register again, or look up newer decrees.",
    ),
    "term-unclear": (
        Severity.WARNING,
        "a day on which the term ends, or none where it is without end",
        "The day counts where one is given; else it counts as without end.",
    ),
}


def told(code: str, place: Place, *, read: str = "", **values: str) -> Finding:
    """A finding in the words of its code; values fill them."""
    severity, expected, remedy = _WORDS[code]
    return Finding(severity, code, place, read, expected, remedy, values)
