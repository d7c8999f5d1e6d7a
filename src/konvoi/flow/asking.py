"""What each party is asked: the open questions of a workspace, and the files that put them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from konvoi.flow.cases import bare
from konvoi.flow.collect import gathering
from konvoi.flow.gathered import Gathered
from konvoi.flow.known import Unknown, nearest
from konvoi.flow.known import party as known_party
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import key
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.document import Reading
from konvoi.report.ask import asks, open_questions, parties
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.language import Language

OUT = "asks"


@dataclass(frozen=True)
class Asked:
    """The open questions, the files by party and name, and the day on which they are put."""

    questions: tuple[Question, ...]
    files: Mapping[str, bytes]
    day: date

    def counts(self) -> list[tuple[str, int, int]]:
        """For each party how many questions are open, and the days of the oldest."""
        found: dict[str, list[int]] = {}
        for one in self.questions:
            found.setdefault(one.party, []).append(one.open_days(self.day))
        return [(party, len(days), max(days)) for party, days in sorted(found.items())]


def asking(work: Workspace, *, party: str = "", language: str = "", stop: Stop = never) -> Asked:
    """The questions to every party, or to one, with their workbooks and letters."""
    if not work.documents:
        raise Refused("no submissions yet; take one in with: konvoi add FILE --from PARTY")
    gathered = gathering(work, stop=stop)
    case = bare(gathered, work)
    party = _asked(party, gathered, case, work)
    by_name = {reading.document: reading for reading in gathered.readings}
    found = tuple(_placed(one, by_name) for one in open_questions(case) if party in ("", one.party))
    files: dict[str, bytes] = {}
    for name in sorted({one.party for one in found}):
        stop(Progress("Writing questions", len(files)))
        own = [one for one in found if one.party == name]
        files |= {
            f"{folder(name)}/{file}": content for file, content in _files(case, own, work, language).items()
        }
    return Asked(found, files, case.day)


def _placed(question: Question, readings: Mapping[str, Reading]) -> Question:
    """A question whose column is named as it stands in the sender's file."""
    reading = readings.get(question.place.file)
    return replace(question, place=reading.found(question.place)) if reading else question


def _asked(name: str, gathered: Gathered, case: Case, work: Workspace) -> str:
    """The id of the party that is asked: one that hands in, gives, receives or approves something here."""
    able = parties(case)
    found = name if name in able else known_party("--party", name, gathered, work.settings)
    if found and found not in able:
        raise Unknown("--party", name, able, nearest(name, {one: one for one in able}))
    return found


def folder(party: str) -> str:
    """The name of a party's folder: its id, or what of it may stand in a file's name.

    >>> folder("PL"), folder("../x").startswith("x-")
    ('PL', True)
    """
    bare_name = "".join(one if one.isalnum() or one in "-_" else "_" for one in party).strip("_")
    return party if bare_name == party else f"{bare_name or 'party'}-{key(party)[:6]}"


def _files(case: Case, own: Sequence[Question], work: Workspace, language: str) -> Mapping[str, bytes]:
    return asks(case, own, languages=work.settings.languages, language=language)


def as_dict(question: Question, day: date) -> dict[str, object]:
    """A question as plain JSON values, its sentences in English."""
    english = Language("en")
    place = question.place
    return {
        "question": question.id,
        "kind": question.kind,
        "party": question.party,
        "record": question.record,
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row or None,
        "column": place.column,
        "asked": english.text(question.asked),
        "needed": english.text(question.needed),
        "form": question.form.coded(),
        "since": question.since.isoformat() if question.since else None,
        "days": question.open_days(day),
    }
