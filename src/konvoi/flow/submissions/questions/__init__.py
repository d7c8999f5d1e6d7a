"""The kinds of questions, in the order in which a letter puts them."""

from konvoi.flow.submissions.question_kind import Kind
from konvoi.flow.submissions.questions.approvals import APPROVALS
from konvoi.flow.submissions.questions.despatches import DESPATCHES
from konvoi.flow.submissions.questions.discrepancies import DISCREPANCIES
from konvoi.flow.submissions.questions.duplicates import DUPLICATES
from konvoi.flow.submissions.questions.findings import FINDINGS
from konvoi.flow.submissions.questions.papers import PAPERS
from konvoi.flow.submissions.questions.promises import PROMISES
from konvoi.flow.submissions.questions.receipts import RECEIPTS
from konvoi.flow.submissions.questions.standards import STANDARDS

KINDS: tuple[Kind, ...] = (
    FINDINGS,
    DISCREPANCIES,
    DUPLICATES,
    PROMISES,
    DESPATCHES,
    RECEIPTS,
    APPROVALS,
    PAPERS,
    STANDARDS,
)
