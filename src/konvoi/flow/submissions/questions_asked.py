"""Questions to each party: the open questions of a workspace, and the files that put them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from konvoi.flow.cases import bare
from konvoi.flow.contact_store import with_contacts
from konvoi.flow.gathered import Gathered, Inputs
from konvoi.flow.load_workspace import gathering, together
from konvoi.flow.name_lookup import Unknown, nearest
from konvoi.flow.name_lookup import party as known_party
from konvoi.flow.party_views import party_inputs
from konvoi.flow.submissions.party_questions import parties, party_questions
from konvoi.flow.today import known_today
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import key
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.document import Reading
from konvoi.model.finding import Finding
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.submissions.letter_files import asks

OUT = "asks"


@dataclass(frozen=True)
class Asked:
    """The open questions, the files by party and name, and the day on which they are put.

    findings, refused: of the submissions, which the questions rest on.
    """

    questions: tuple[Question, ...]
    files: Mapping[str, bytes]
    day: date
    findings: Sequence[Finding] = ()
    refused: int = 0

    def counts(self) -> list[tuple[str, int, int]]:
        """Return the number of open questions for each party, and the days of the oldest."""
        found: dict[str, list[int]] = {}
        for one in self.questions:
            found.setdefault(one.party, []).append(one.open_days(self.day))
        return [(party, len(days), max(days)) for party, days in sorted(found.items())]


@dataclass(frozen=True)
class PartyQuestions:
    """The open questions for one party; case: its view, by which it is named and dated."""

    party: str
    case: Case
    questions: tuple[Question, ...]


def questions_by_party(gathered: Gathered, work: Workspace, party: str = "") -> Iterator[PartyQuestions]:
    """Yield the open questions for each party that may be asked, or for one, from that party's own view.

    gathered: not one that was kept on disk. In the view of a reader each party is asked from what both may
    see. What is gathered for one party serves all that see the same rows.
    """
    inputs = gathered.inputs
    if inputs is None:
        raise ValueError("a view that was kept on disk holds no readings")
    views: dict[str, Gathered] = {}
    for name in parties(bare(gathered, work)):
        if party not in ("", name):
            continue
        own = party_inputs(inputs, name)
        if own.key not in views:
            views[own.key] = _gathered(own.inputs) if own.key else gathered
        if known_today(views[own.key], own.inputs.work.settings) is None:
            # The party sees nothing that has a day: it has sent nothing, and nothing is due from it.
            continue
        case = bare(views[own.key], own.inputs.work)
        holders = dict(case.documents.select("name", "party").iter_rows())
        found = party_questions(replace(case, reader=name), name)
        shown = gathered.view.owns(name)
        yield PartyQuestions(name, case, tuple(_released(one, holders, row=shown) for one in found))


def _gathered(inputs: Inputs) -> Gathered:
    return replace(together(inputs), view=inputs.work.view)


def _released(question: Question, holders: Mapping[str, str], *, row: bool) -> Question:
    """Return a question without the row number where it stands in a file of another party.

    row: whether the reader may see row numbers of the party's own files.
    """
    place = question.place
    if row and holders.get(place.file) == question.party:
        return question
    return replace(question, place=replace(place, row=0))


def open_questions(gathered: Gathered, work: Workspace, party: str = "") -> tuple[Question, ...]:
    """Return all that is open, by party, kind and age (`questions_by_party`)."""
    return tuple(one for own in questions_by_party(gathered, work, party) for one in own.questions)


def asking(work: Workspace, *, party: str = "", language: str = "", stop: Stop = never) -> Asked:
    """The questions to every party, or to one, with their workbooks and letters.

    To a party as the reader of the workspace's view its own questions are shown, and no others.
    """
    if not work.documents:
        raise Refused("no submissions yet; import one: konvoi add FILE --from PARTY")
    gathered = gathering(work, stop=stop)
    case = bare(gathered, work)
    party = _asked(party, gathered, case, work)
    if gathered.view.is_party:
        if party not in ("", gathered.view.reader):
            raise Unknown("--party", party, (gathered.view.reader,))
        party = gathered.view.reader
    by_name = {reading.document: reading for reading in gathered.readings}
    files: dict[str, bytes] = {}
    every: list[Question] = []
    for own in questions_by_party(gathered, work, party):
        if not own.questions:
            continue
        stop(Progress("Writing questions", len(files)))
        questions = [_placed(one, by_name) for one in own.questions]
        written = asks(
            own.case if work.folder is None else with_contacts(own.case, work.folder),
            questions,
            languages=work.settings.languages,
            language=language,
            sender=work.settings.contact,
            answer_days=work.settings.answer_days,
        )
        files |= {f"{folder(own.party)}/{file}": content for file, content in written.items()}
        every += questions
    return Asked(tuple(every), files, case.day, gathered.findings, gathered.refused)


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
