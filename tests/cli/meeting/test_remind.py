"""konvoi meeting remind: who is reminded of what, and what the letters and calendars hold."""

from pathlib import Path
from typing import Any

from icalendar import Calendar
from tests.cli.calling import konvoi

STEPS = """step,title,party,due,state,marking
A,Ask for the licence,PL,2031-02-10,,
B,Send the lorries,DE,2031-03-05,,
C,Settle the account,DE,2031-02-20,,own
D,Sign the record,DE,2031-05-01,,
"""


def cell(folder: Path) -> Path:
    (folder / "konvoi.toml").write_text(
        "[coalition]\nrecipient = 'UA'\nday = 2031-03-01\nlanguages = ['en', 'uk']\n"
    )
    own = folder / "submissions" / "X-CELL"
    own.mkdir(parents=True)
    (own / "konvoi.csv").write_text("party,X-CELL\nday,2031-02-01\nmarking,coalition\n")
    (own / "steps.csv").write_text(STEPS)
    return folder


def test_owners_are_reminded_of_what_is_due_and_heads_of_what_is_long_overdue(tmp_path: Path) -> None:
    found = konvoi("meeting", "remind", cell(tmp_path), "--json").json
    assert [(one["step"], one["level"], one["late"]) for one in found["reminders"]] == [
        ("A", "escalated", 19),
        ("C", "overdue", 9),
        ("B", "due soon", None),
    ]
    ends = ("en.docx", "en.html", "en.ics", "uk.docx", "uk.html", "uk.ics")
    assert sorted(found["files"]) == [f"reminder-{party}.{end}" for party in ("DE", "PL") for end in ends]
    letter = (tmp_path / "reminders" / "reminder-PL.en.html").read_text()
    assert "Copy to: head of the delegation" in letter


def test_a_letter_tells_its_party_nothing_of_items_that_it_may_not_see(tmp_path: Path) -> None:
    """C is the coordination cell's own: no letter names it."""
    konvoi("meeting", "remind", cell(tmp_path))
    texts = [path.read_bytes() for path in (tmp_path / "reminders").iterdir() if path.suffix != ".docx"]
    assert not any(b"Settle the account" in text for text in texts)


def test_the_calendar_reminds_before_on_and_after_the_due_day(tmp_path: Path) -> None:
    konvoi("meeting", "remind", cell(tmp_path), "--party", "DE")
    calendar: Any = Calendar.from_ical((tmp_path / "reminders" / "reminder-DE.en.ics").read_bytes())
    (event,) = calendar.walk("VEVENT")
    triggers = [one["trigger"].dt.total_seconds() / 3600 for one in event.walk("VALARM")]
    assert triggers == [9 - 7 * 24, 9, 9 + 14 * 24]


def test_the_days_are_settings(tmp_path: Path) -> None:
    folder = cell(tmp_path)
    with (folder / "konvoi.toml").open("a") as file:
        file.write("[rules]\nremind_days = 1\nescalate_days = 30\n")
    found = konvoi("meeting", "remind", folder, "--json").json
    assert [(one["step"], one["level"]) for one in found["reminders"]] == [("A", "overdue"), ("C", "overdue")]


def test_a_party_gets_its_own_letter_alone(tmp_path: Path) -> None:
    found = konvoi("meeting", "remind", cell(tmp_path), "--for", "PL", "--json").json
    assert {name.split(".")[0] for name in found["files"]} == {"reminder-PL"}


def test_where_nothing_is_due_it_says_so(tmp_path: Path) -> None:
    done = konvoi("meeting", "remind", cell(tmp_path), "--as-of", "2031-02-01")
    assert done.out == "As of 2031-02-01: no action item is due soon or overdue.\n"
