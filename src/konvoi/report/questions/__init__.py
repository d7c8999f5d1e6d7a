"""The kinds of questions, in the order in which a letter puts them."""

from konvoi.report.question import Kind
from konvoi.report.questions.approvals import APPROVALS
from konvoi.report.questions.despatches import DESPATCHES
from konvoi.report.questions.duplicates import DUPLICATES
from konvoi.report.questions.findings import FINDINGS
from konvoi.report.questions.papers import PAPERS
from konvoi.report.questions.promises import PROMISES
from konvoi.report.questions.receipts import RECEIPTS
from konvoi.report.questions.standards import STANDARDS

KINDS: tuple[Kind, ...] = (
    FINDINGS,
    DUPLICATES,
    PROMISES,
    DESPATCHES,
    RECEIPTS,
    APPROVALS,
    PAPERS,
    STANDARDS,
)
