"""Working texts that come back with tracked changes: received, read in a child, taken as positions."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError
from django.http import Http404

from konvoi.accord.returned_text import Returned, missing_clauses, returned_changes
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.intake.texts.tracked_changes import TrackedParagraph, UnreadableText, tracked_paragraphs
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.agreements.actions import take_position
from konvoi.web.agreements.position_form import MARKINGS, PositionForm, parties_for
from konvoi.web.agreements.rounds import OfRound
from konvoi.web.form_rows.actions import LONGEST, may_enter
from konvoi.web.form_rows.models import FormRow
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import RETURN, ask, end, tell
from konvoi.web.submissions import quarantine
from konvoi.web.submissions.models import Upload

MOST_BYTES = 20 << 20
_READ = "paragraphs.json"


def receive(
    *, viewer: Viewer, shown: OfRound, party: str, name: str, content: Iterable[bytes], key: uuid.UUID
) -> Job:
    """Keep a text in quarantine and have it read; the same key a second time gives the same job."""
    if not may_enter(viewer, Right.NEGOTIATE, party) or party not in parties_for(viewer, shown):
        raise Http404
    if (known := _known(viewer, shown, key)) is not None:
        return known
    with quarantine.received([(name, content)]) as folder:
        try:
            with writing():
                parameters = {"round": shown.name, "file": name}
                job = ask(RETURN, parameters, party=party, by=viewer.user, key=key)
                record(viewer, "text-returned", party=party, object=job.pk)
                quarantine.place(folder, Upload(pk=job.pk))
        except IntegrityError:
            # The same form was sent twice at once; the other one was first.
            if (known := _known(viewer, shown, key)) is None:
                raise Http404 from None
            return known
    return job


def _known(viewer: Viewer, shown: OfRound, key: uuid.UUID) -> Job | None:
    known = Job.objects.filter(pk=key).first()
    if known is not None and (known.kind != RETURN or known.asked_by != viewer.user):
        raise Http404
    return known


def read_returned(job: Job) -> None:
    """Read the paragraphs of a text that came back; the file itself is not kept."""
    folder = quarantine.folder_of(Upload(pk=job.pk))
    name = str(job.parameters["file"])
    content = files.content(folder / quarantine.FILES / name)
    tell(job.pk, "Reading the files")
    try:
        if content is None:
            raise Refused("the file is not there any more; send it once more")
        found = tracked_paragraphs(name, content)
        files.write(folder / _READ, json.dumps([asdict(one) for one in found]).encode())
    except UnreadableText as error:
        raise Refused(str(error)) from None
    finally:
        files.remove(folder / quarantine.FILES / name)
    end(job.pk, Job.State.DONE, result={"paragraphs": len(found)})


@dataclass(frozen=True)
class ReturnedText:
    """A text that came back, as the desk of its party sees it."""

    shown: OfRound
    job: Job

    @property
    def party(self) -> str:
        """The party that changed it."""
        return self.job.party

    @property
    def paragraphs(self) -> list[TrackedParagraph] | None:
        """Its paragraphs; None where they are not read, or not kept any more."""
        content = files.content(quarantine.folder_of(Upload(pk=self.job.pk)) / _READ)
        if content is None:
            return None
        return [TrackedParagraph(**{**one, "authors": tuple(one["authors"])}) for one in json.loads(content)]

    def changes(self) -> Sequence[Returned]:
        """Return what it changes, by the text of the round as it is now."""
        return returned_changes(self.paragraphs or (), self.shown.working())

    def missing(self) -> Sequence[str]:
        """Return the clauses that it lacks."""
        paragraphs = self.paragraphs
        return missing_clauses(paragraphs, self.shown.working()) if paragraphs else ()

    def key_of(self, change: Returned) -> uuid.UUID:
        """Return the key of the row that a change becomes: taken twice, it is one row."""
        return uuid.uuid5(self.job.pk, f"{change.clause}\n{change.stance}\n{change.words}")

    def rows(self, chosen: Sequence[str], marking: str) -> list[tuple[uuid.UUID, dict[str, Any]]]:
        """Return the rows of the changes that are chosen, by key; Refused with what is wrong."""
        known = {str(one.row): one for one in self.changes() if one.is_proposal}
        found = [known[one] for one in dict.fromkeys(chosen) if one in known]
        if not found or marking not in MARKINGS:
            raise Refused(say("Choose at least one change. Nothing was recorded."))
        clauses = [one.clause for one in found]
        if len(set(clauses)) < len(clauses):
            raise Refused(say("Two chosen changes are on one clause. Choose one of them."))
        if any(len(one.words) > LONGEST for one in found):
            text = "A clause is longer than {limit} characters. Hand the position in as a file."
            raise Refused(say(text, limit=LONGEST))
        made = []
        for one in found:
            values = {
                "party": self.party,
                "clause": one.clause,
                "stance": one.stance,
                "amendment": "",
                "words": one.words,
                "lifts": "",
                "marking": marking,
            }
            made.append((self.key_of(one), PositionForm(values).row(self.shown, self.key_of(one))))
        return made


def returned_text(viewer: Viewer, shown: OfRound, job: uuid.UUID) -> ReturnedText | None:
    """Return a text that came back; None for whoever takes no positions for its party."""
    found = Job.objects.filter(pk=job, kind=RETURN).first()
    if found is None or found.parameters.get("round") != shown.name:
        return None
    return ReturnedText(shown, found) if found.party in parties_for(viewer, shown) else None


def texts_returned(viewer: Viewer, shown: OfRound) -> list[Job]:
    """Return the texts of a round that came back from the viewer's parties and are still kept."""
    known = Job.objects.filter(kind=RETURN, party__in=parties_for(viewer, shown)).order_by("-created")
    place = instance().quarantine
    return [
        one for one in known if one.parameters.get("round") == shown.name and (place / str(one.pk)).is_dir()
    ]


def take_positions(
    *, viewer: Viewer, text: ReturnedText, rows: Sequence[tuple[uuid.UUID, Mapping[str, Any]]], marking: str
) -> list[FormRow]:
    """Record the changes that a person confirmed as positions of the party; each counts once, whoever of the
    party confirms it.
    """
    found = []
    known = set(FormRow.objects.filter(pk__in=[key for key, _ in rows]).values_list("pk", flat=True))
    for key, given in rows:
        if key in known:
            continue
        found.append(
            take_position(
                viewer=viewer, shown=text.shown, party=text.party, row=given, key=key, marking=marking
            )
        )
    return found
