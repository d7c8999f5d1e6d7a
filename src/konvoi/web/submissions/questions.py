"""Open questions to a party: computed as a job for the state of the record, answered as a submission."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils import timezone

from konvoi.flow.load_workspace import gathering
from konvoi.flow.submissions.questions_asked import questions_by_party
from konvoi.flow.workspace import workspace
from konvoi.gateways.refusal import Refused
from konvoi.model.answers import Form, form_of
from konvoi.model.naming import localized
from konvoi.model.party import LANGUAGES
from konvoi.model.table import Type
from konvoi.report.asked import TITLES, Question
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.submissions.answered_book import answered_book
from konvoi.report.submissions.letter import where
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.pages.languages import code
from konvoi.web.pages.party_names import party_text
from konvoi.web.pages.texts import say
from konvoi.web.record import head, settings_now
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import ASK, ask, end, tell
from konvoi.web.submissions.actions import hand_in
from konvoi.web.submissions.delivery_papers import DeliveryPaper, papers_behind, shown_papers
from konvoi.web.submissions.models import Upload

_NUMBERS = (Type.NUMBER, Type.MONEY, Type.WHOLE, Type.SHARE)
_LONGEST = 2_000


def compute_questions(job: Job) -> None:
    """Compute the open questions to one party, or to all, each in every language."""
    tell(job.pk, "Looking for open questions")
    party = str(job.parameters["party"])
    work = workspace(instance().folder)
    result: dict[str, Any] = {"parties": {}, "day": ""}
    if work.documents:
        gathered = gathering(work)
        for own in questions_by_party(gathered, work, party):
            result["day"] = max(result["day"], own.case.day.isoformat())
            found = [_stated(one, own.case) for one in own.questions]
            if found:
                result["parties"][own.party] = found
    if not end(job.pk, Job.State.DONE, result=result):
        raise Refused("the job was ended in the meantime")


def _stated(one: Question, case: Case) -> dict[str, Any]:
    """Return a question as plain JSON values, its texts by language."""
    texts = {
        name: {language: Language(language).text(value) for language in LANGUAGES}
        for name, value in (
            ("about", one.about),
            ("where", where(one)),
            ("asks", one.asked),
            ("needed", one.needed),
        )
    }
    days = one.open_days(case.day)
    return {
        "question": one.id,
        "kind": one.kind,
        "party": one.party,
        "record": one.record,
        "form": one.form.coded(),
        "days": days,
        "papers": papers_behind(one, case),
        **texts,
    }


def questions_job(viewer: Viewer) -> Job:
    """Return the job that computes the viewer's questions for the record as it is; asked for where needed."""
    parameters = {"party": viewer.party, "head": head(), "on": timezone.now().date().isoformat()}
    found = Job.objects.filter(kind=ASK, party=viewer.party, parameters=parameters).order_by("-created")
    return found.first() or ask(ASK, parameters, party=viewer.party, by=viewer.user)


@dataclass(frozen=True)
class ShownQuestion:
    """A question in the reader's language, with the field of its answer."""

    id: str
    title: str
    about: str
    where: str
    asks: str
    needed: str
    days: int
    form: Form
    values: Mapping[str, Any]
    papers: tuple[DeliveryPaper, ...] = ()

    @property
    def field(self) -> str:
        """Kind of the field: choice, day, number or text."""
        if self.form.choices or self.form.type == Type.YES:
            return "choice"
        if self.form.type == Type.DAY:
            return "day"
        return "number" if self.form.type in _NUMBERS else "text"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Choices with their names in the reader's language."""
        found = self.form.choices or ("yes", "no")
        return [(one, localized("choice", one, code())) for one in found]


@dataclass(frozen=True)
class ToParty:
    """The open questions to one party."""

    party: str
    name: str
    questions: tuple[ShownQuestion, ...]


def shown_questions(job: Job) -> list[ToParty]:
    """Return the questions that a job found, by party."""
    return [
        ToParty(party, party_text(party), tuple(_shown(some)))
        for party, some in sorted(job.result.get("parties", {}).items())
    ]


def _shown(found: list[dict[str, Any]]) -> Iterator[ShownQuestion]:
    for one in found:
        form = form_of(one["form"])
        if form is None:
            continue
        texts = {name: one[name][code()] for name in ("about", "where", "asks", "needed")}
        title = Language(code()).text(TITLES[one["kind"]]) if one["kind"] in TITLES else one["kind"]
        papers = shown_papers(one.get("papers", []), code())
        yield ShownQuestion(
            one["question"], title, **texts, days=one["days"], form=form, values=one, papers=papers
        )


def answer(*, viewer: Viewer, given: Mapping[str, str], by: str, key: uuid.UUID) -> Upload:
    """Hand answers in as a submission of the viewer's party; it is checked like any other file.

    given: texts of the fields `answer-ID`, `day-ID`, `remark-ID`. Only questions that are open for the party
    are answered; others are passed over.
    """
    party = viewer.party
    if not party:
        raise Refused(say("Questions are answered by the party to which they are put."))
    if not viewer.may_submit_for(party):
        raise Http404
    job = questions_job(viewer)
    rows = []
    for own in shown_questions(job):
        if own.party != party:
            continue
        for one in own.questions:
            told = {
                name: given.get(f"{name}-{one.id}", "").strip()[:_LONGEST]
                for name in ("answer", "day", "remark")
            }
            if told["answer"] or told["remark"]:
                kept = {
                    name: str(one.values[name]) for name in ("question", "kind", "record", "form", "party")
                }
                seen = {"about": one.about, "where": one.where, "asks": one.asks, "needed": one.needed}
                rows.append({**kept, **seen, **told, "by": by, "asked_on": job.result["day"]})
    if not rows:
        raise Refused(say("No question was answered. Nothing was handed in."))
    day = settings_now().day or timezone.now().date()
    content = answered_book(party, day, code(), rows)
    name = f"answers-{day.isoformat()}.xlsx"
    return hand_in(viewer=viewer, party=party, given={name: [content]}, sizes=[len(content)], key=key)
