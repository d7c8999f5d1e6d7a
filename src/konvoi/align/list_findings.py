"""Findings on lists: for each code its severity, expectation and remedy."""

from konvoi.model.finding import Finding, Place, Severity

_WORDS: dict[str, tuple[Severity, str, str]] = {
    "list-unknown": (
        Severity.ERROR,
        "a file of the list of {regime} as its authority publishes it",
        "Check that it is the intended file; if the authority renamed columns, the reader of "
        "this list must be adapted.",
    ),
    "list-days-differ": (
        Severity.ERROR,
        "aliases and addresses of the same day as the primary names",
        "Import the three files of one day; a file of primary names can also be imported on its own.",
    ),
    "list-broken": (
        Severity.ERROR,
        "a whole file: {why}",
        "Fetch it again, and compare its size with that at the source; the last good list stays in force.",
    ),
    "list-encoding": (
        Severity.WARNING,
        "a text in UTF-8",
        "Read as Western European text: check names in other scripts, and download the file "
        "again if they are garbled.",
    ),
    "list-file-missing": (
        Severity.ERROR,
        "the file of the list of {regime} of {day}",
        "Put it in its place; without it the list is incomplete, and the last good one stays in force.",
    ),
    "list-file-other": (
        Severity.ERROR,
        "a file with the digest {digest}",
        "Restore the file that was imported, or import this one with a day of its own.",
    ),
    "list-held": (
        Severity.ERROR,
        "at most a tenth fewer than in the last good list, and not none",
        "Compare it with the source; where it is right: "
        "konvoi sanctions lists --release {regime} --day {day}.",
    ),
    "list-old": (
        Severity.WARNING,
        "a list whose age in days is at most {most}",
        "The list is {age} days old, so no party is cleared by it; import today's list.",
    ),
    "list-day-other": (
        Severity.NOTE,
        "the day that the list itself states",
        "The day of the list counts, not that of the manifest.",
    ),
    "manifest-broken": (
        Severity.ERROR,
        "a manifest in TOML",
        "Correct the line stated; until then no list is read.",
    ),
    "manifest-entry": (
        Severity.ERROR,
        "a regime, a day such as 2031-05-04, and paths below this folder with their SHA-256",
        "Correct it, or import the list again: konvoi sanctions lists FILE --of REGIME --day DAY.",
    ),
    "manifest-double": (
        Severity.ERROR,
        "each regime with each day once",
        "Remove one of the two; the first was read.",
    ),
    "list-text-cut": (
        Severity.WARNING,
        "remarks of fewer than {most} characters",
        "The file truncates longer remarks: numbers of {name} may be missing; check the source.",
    ),
    "list-ended": (
        Severity.WARNING,
        "a list that its authority keeps up: this one ended on {day}",
        "Import the list that followed it; for later days this one states nothing.",
    ),
    "reader-untried": (
        Severity.NOTE,
        "a form of list that was tested on a real file",
        "Compare the counts with the source: the form is known from its published description alone.",
    ),
    "entry-row": (
        Severity.ERROR,
        "a row or an element with a name and a cell for each head",
        "Check the entry at the source; the part that can be read is used.",
    ),
    "entry-sheet": (
        Severity.WARNING,
        "a sheet with the heads of the list",
        "Check the sheet: its entries were not read.",
    ),
    "mapping-wrong": (
        Severity.ERROR,
        "a mapping in TOML: columns, and list, kind, orders, act, delisted, split",
        "Correct the mapping; until then the list is not read, and the last good one stays in force.",
    ),
    "mapping-column": (
        Severity.ERROR,
        "a column in the table for each name in the mapping",
        "Correct the name in the mapping; until then the list is not read, and the last good one stays in "
        "force.",
    ),
    "kind-unstated": (
        Severity.ERROR,
        "a column that tells persons from organisations, or kind in the mapping",
        'Write kind = "person" or kind = "entity" into the mapping, or map a column to kind; until then the '
        "list is not read, because a person listed as an organisation would not be found.",
    ),
    "kind-unread": (
        Severity.ERROR,
        "a word for a person, an organisation or a ship",
        'Say in the mapping what it means: [kinds], "word" = "person", "entity" or "ship"; until then '
        "the list is not read, because a person listed as an organisation would not be found.",
    ),
    "measures-unstated": (
        Severity.WARNING,
        "measures for each entry",
        "Check them at the source; until then {count} entries are treated as asset freezes.",
    ),
    "list-comments-other": (
        Severity.WARNING,
        "comments that continue remarks of the same list and day",
        "{count} rows continue no remark and were not read; import the comments file of the "
        "same day as the list.",
    ),
    "listed-since-unknown": (
        Severity.NOTE,
        "a day of listing in each row",
        "{count} rows say nothing of since when; an earlier version of the list may.",
    ),
    "listed-since-unread": (
        Severity.WARNING,
        "a day such as 2031-05-04",
        "Check the day at the source; the part that can be read is used, the rest is unknown.",
    ),
    "identifier-check": (
        Severity.NOTE,
        "a number of type {type} with correct check digits",
        "It is stored and shown, but not used to match {name}.",
    ),
    "birth-unread": (
        Severity.NOTE,
        "a day, a month with its year, or a year",
        "It is stored as written and not used for matching.",
    ),
    "birth-impossible": (
        Severity.NOTE,
        "a day of the calendar",
        "Only its year is used for matching.",
    ),
    "register-behind": (
        Severity.WARNING,
        "decrees up to {day}, the day of the list",
        "Later listings are not known; download the register again, or check newer decrees.",
    ),
    "ownership-broken": (
        Severity.ERROR,
        "a CSV with the columns owner, owned, share, source, day",
        "Correct the line that is named; until then only the rows above it count.",
    ),
    "ownership-row": (
        Severity.ERROR,
        "the names of an owner and of the party that it owns",
        "Write both names; until then the row counts for nothing.",
    ),
    "ownership-share": (
        Severity.WARNING,
        "a share in percent: a number from 0 to 100, or a range such as 25-50",
        "Correct the cell; until then the share counts as not stated, and a person is asked.",
    ),
    "ownership-day": (
        Severity.WARNING,
        "a day such as 2031-05-04",
        "Correct the cell; until then the row counts for every day.",
    ),
    "ownership-undated": (
        Severity.NOTE,
        "a day in each row",
        "Write since when the share is held; rows that count for every day until then: {count}.",
    ),
    "ownership-conflict": (
        Severity.WARNING,
        "one share of an owner in a party for one day",
        "Remove the wrong row; until then the higher share counts.",
    ),
    "ownership-cycle": (
        Severity.WARNING,
        "a party that does not own itself",
        "Check the chain; a holding of a party in itself adds nothing.",
    ),
    "ownership-too-much": (
        Severity.WARNING,
        "shares in {name} of 100 together",
        "Remove what is out of date; until then all of it counts: too much is blocked, never too little.",
    ),
    "clearance-broken": (
        Severity.ERROR,
        "a CSV with the columns hit, verdict, by, reason",
        "Correct the line that is named; until then every alert counts as undecided.",
    ),
    "clearance-row": (
        Severity.ERROR,
        "an alert, its disposition, the reviewer and the reason; for a licence its authority, reference, "
        "scope and days",
        "Decide again with: konvoi sanctions screen --decide HIT; until then the row decides nothing.",
    ),
    "screened-row": (
        Severity.WARNING,
        "a name or a number in each row",
        "Write the name of the party; the row was not screened.",
    ),
    "screened-cell": (
        Severity.WARNING,
        "{what}",
        "Correct it; the party was screened without it.",
    ),
    "screened-birth": (
        Severity.WARNING,
        "a day of the calendar such as 1961-02-28, a month or a year",
        "Correct it; until then the party is screened as born {used}.",
    ),
    "screened-age": (
        Severity.WARNING,
        "a birth before {day}, and at most {years} years before",
        "Correct it; the party was screened without it.",
    ),
    "listings-torn": (
        Severity.ERROR,
        "decisions that do not state both that two parties are one and that they are two",
        "Decide one of the pairs again with konvoi review; until then none of them is merged.",
    ),
    "proposals-broken": (
        Severity.ERROR,
        "a CSV with the columns proposal, step, name, kind, to, order, by, at, …",
        "Correct the line stated; until then no proposal is shown.",
    ),
    "proposal-row": (
        Severity.ERROR,
        "a step of a proposal that was drafted before, by whom, and the session, the adopter or the reason",
        "Enter the step again with konvoi sanctions propose; until then the row is not counted.",
    ),
    "term-unclear": (
        Severity.WARNING,
        "a day on which the term ends, or none where it is without end",
        "If a day is stated, it is used; otherwise the term has no end.",
    ),
}


def told(code: str, place: Place, *, read: str = "", **values: str) -> Finding:
    """A finding in the words of its code; values fill them."""
    severity, expected, remedy = _WORDS[code]
    return Finding(severity, code, place, read, expected, remedy, values)
