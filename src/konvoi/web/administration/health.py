"""Health of an instance as an administrator sees it: without anything that was submitted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from konvoi.flow.instance.backup_key import key_file
from konvoi.flow.instance.check import Check as Found
from konvoi.flow.instance.machine_checks import machine_checks
from konvoi.flow.instance.workspace_checks import workspace_checks
from konvoi.gateways.refusal import Refused
from konvoi.report.localized_refusal import localized_refusal
from konvoi.web.instance import instance
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say
from konvoi.web.runs.health import is_worker_there
from konvoi.web.runs.models import Job


@dataclass(frozen=True)
class Check:
    """A check. name, found: in the reader's language. state: ok, warning or error."""

    name: str
    state: str
    found: str


def checks(*, machine: bool) -> list[Check]:
    """Return the checks of the instance; machine: those of the machine as well, which take a second."""
    here = instance()
    found = list(_told(workspace_checks(here.folder, timezone.now())))
    return [
        _worker(),
        _failed(),
        *found,
        *(_told(machine_checks(here.folder, key_file())) if machine else ()),
    ]


def _told(found: Iterable[Found]) -> Iterator[Check]:
    """Yield checks of `konvoi doctor` in the reader's language."""
    for one in found:
        values = {name: _value(value) for name, value in one.values.items()}
        texts = [say(text, **values) for text in (one.found, one.remedy) if text]
        yield Check(say(one.name), str(one.state), " ".join(texts))


def _value(value: object) -> str:
    return localized_refusal(str(value), code()) if isinstance(value, Refused) else str(value)


def _worker() -> Check:
    if is_worker_there():
        return Check(say("worker"), "ok", say("A worker is at work."))
    return Check(say("worker"), "error", say("No worker was heard of for two minutes. Start konvoi worker."))


def _failed() -> Check:
    since = timezone.now() - timedelta(days=1)
    count = Job.objects.filter(state=Job.State.FAILED, ended__gte=since).count()
    text = say("{count} job failed in 24 hours.", "{count} jobs failed in 24 hours.", count, count=count)
    return Check(say("jobs"), "warning" if count else "ok", text)
