"""A question to a party: what is asked, where it stands, and what its answer's cell takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from konvoi.kit.digest import key
from konvoi.model.answers import Form
from konvoi.model.finding import Place
from konvoi.report.page import Message, Value

TITLES: Mapping[str, Message] = {
    "findings": Message("Corrections"),
    "discrepancies": Message("Discrepancies between dispatch and receipt"),
    "duplicates": Message("Duplicate candidates"),
    "promises": Message("Promises without a date"),
    "despatches": Message("Promised days that have passed"),
    "receipts": Message("Dispatches without a receipt"),
    "approvals": Message("Open approvals"),
    "papers": Message("Documents without a number"),
    "standards": Message("Offers and the coalition's standards"),
}
"""The kinds of questions with their headings, in the order in which a letter puts them."""


@dataclass(frozen=True)
class Question:
    """One question.

    kind: the member that asks. party: who is asked. record: what it is about, such as lines/PL-4. about: the
    same for people. asked, needed: sentences. since: the day from which it has been open. values: what the
    answer is applied to (docs/reference/questions.md). seen: the values that it rests on; when they change,
    it is another question. papers: documents to look at beside the record, such as movements/PL-M4.
    """

    kind: str
    party: str
    record: str
    about: Value
    place: Place
    asked: Message
    needed: Message
    form: Form
    since: date | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    seen: tuple[object, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A digest of what is asked: the same question bears the same id on every day."""
        return "q" + key(self.kind, self.party, self.record, self.form.coded(), *self.seen)[:12]

    def open_days(self, day: date) -> int:
        """Return the number of days for which it has been open."""
        return max(0, (day - self.since).days) if self.since else 0
