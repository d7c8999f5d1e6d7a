"""The steps of the Ukraine Plan, as Prozorro publishes them for tenders (JSON): a catalogue of conditions."""

import re

from konvoi.intake.json_text import parsed, plain
from konvoi.kit.text import shown
from konvoi.model.document import Document, Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME

PROGRAMME = "UA-FACILITY"
"""The programme that the steps belong to; a workspace that holds it gives it this id."""
_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"[0-9a-f-]{36}"\s*:\s*\{\s*"name_(?:uk|en)"\s*:')
_BRIDGE = re.compile(r"\d+\. bridge\. ")


class UkrainePlan:
    """Each step by its id, with its text in Ukrainian and English."""

    name = "ukraine-plan"

    def recognises(self, document: Document) -> bool:
        """A JSON object whose first member has the form of an id and holds a name."""
        return _HEAD.match(document.content[:1_000]) is not None

    def read(self, document: Document) -> Reading:
        """Read all steps into the table `conditions`; tranche, day and weight stay unknown."""
        found = parsed(document)
        if found.refusal:
            return _reading(document, [], (found.refusal,), refused=True)
        rows: list[dict[str, object]] = []
        lost: list[Finding] = []
        steps = found.value if isinstance(found.value, dict) else {}
        for number, (step, texts) in enumerate(steps.items(), start=1):
            known = texts if isinstance(texts, dict) else {}
            english = plain(known.get("name_en"))
            ukrainian = plain(known.get("name_uk"))
            if not english and not ukrainian:
                lost.append(_textless(document, number, step))
                continue
            rows.append(
                {
                    "condition": step,
                    "programme": PROGRAMME,
                    "title": english or ukrainian,
                    "title_uk": ukrainian,
                    "bridge": True if _BRIDGE.match(english or "") else None,
                    "_file": document.name,
                    "_sheet": "",
                    "_row": number,
                }
            )
        return _reading(document, rows, tuple(lost))


UKRAINE_PLAN = UkrainePlan()


def _textless(document: Document, number: int, step: str) -> Finding:
    return Finding(
        Severity.WARNING,
        "plan-step-without-text",
        Place(document.name, row=number, column="name_en"),
        read=shown(step),
        expected="a condition with its text in English or Ukrainian",
        remedy="Download the file again; the other conditions are used.",
    )


def _reading(
    document: Document, rows: list[dict[str, object]], findings: tuple[Finding, ...], *, refused: bool = False
) -> Reading:
    return Reading(
        document=document.name,
        digest=document.digest,
        format=UKRAINE_PLAN.name,
        party=document.party,
        tables={"conditions": frame(rows, BY_NAME["conditions"].schema())} if rows else {},
        findings=findings,
        refused=refused,
        facts={"steps": str(len(rows))},
    )
