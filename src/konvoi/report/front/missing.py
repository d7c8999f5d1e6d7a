"""Gaps in the figures of the first page: what is missing, not read or not valued."""

from collections.abc import Iterator

import polars as pl

from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.ledger.figures import FUNNEL
from konvoi.report.ledger.uncounted import uncounted
from konvoi.report.names import Names
from konvoi.report.page import Message

WITHOUT_SUBMISSION = "partner-without-submission"
NOTHING = Message("Every submission received is counted in these figures.")


def missing(case: Case) -> tuple[Message, ...]:
    """Return a sentence for each thing that is not in the figures; that nothing is missing, else."""
    return tuple(_missing(case)) or (NOTHING,)


def _missing(case: Case) -> Iterator[Message]:
    yield from _partners(case)
    yield from _documents(case)
    total = case.totals.get(f"{FUNNEL}{Stage.PLEDGED}")
    if total is not None and total.unknown:
        one = "{count} pledged item without a value."
        many = "{count} pledged items without a value."
        yield Message(one, {"count": total.unknown}, many, total.unknown)
    if count := unwaived_limits(case):
        one = "Planned without {count} limit that could not be read."
        many = "Planned without {count} limits that could not be read."
        yield Message(one, {"count": count}, many, count)
    if total is not None and total.calibration is not None and not total.calibration.calibrated:
        text = (
            "The match probabilities behind the range are not calibrated: {needed} randomly drawn pairs must "
            "be reviewed first."
        )
        yield Message(text, {"needed": total.calibration.needed})


def unwaived_limits(case: Case) -> int:
    """Return the number of limits of the plan that could not be read and that nobody waived."""
    return 0 if case.plan is None else case.plan.without.filter(pl.col("waived_by").is_null()).height


def _partners(case: Case) -> Iterator[Message]:
    parties = sorted({one.read for one in case.findings if one.code == WITHOUT_SUBMISSION})
    if not parties:
        return
    names = Names(case)
    who = listed([Message("{name}", {"name": names.party(one)}) for one in parties], ", ")
    if case.reader == "cell":
        one = "Partner without a submission: {who}."
        many = "Partners without a submission: {who}."
        yield Message(one, {"who": who}, many, len(parties))
        return
    yield Message("No submission released to this reader: {who}.", {"who": who})


def _documents(case: Case) -> Iterator[Message]:
    """Yield documents that cannot be read, rows with errors and sheets that are not read."""
    found = uncounted(case)
    if found.documents:
        one = "{count} document that cannot be read: {files}."
        many = "{count} documents that cannot be read: {files}."
        files = listed([Message("{name}", {"name": name}) for name in found.documents[:3]], ", ")
        yield Message(one, {"count": len(found.documents), "files": files}, many, len(found.documents))
    if found.rows:
        one = "{count} row with an error."
        many = "{count} rows with errors."
        yield Message(one, {"count": found.rows}, many, found.rows)
    if found.sheets:
        one = "{count} sheet that is not read."
        many = "{count} sheets that are not read."
        yield Message(one, {"count": found.sheets}, many, found.sheets)
