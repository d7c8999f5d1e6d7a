"""Results of runs: computed for readers on a day, and kept so that the web finds them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from konvoi.flow.snapshots import Manifest, snapshot_name, write_snapshot
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop
from konvoi.web.access.models import Snapshot
from konvoi.web.instance import Instance
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import end

READ_LATELY = timedelta(days=7)
MOST_DAYS = 5
"""So many past days are computed again with each run; others once somebody asks for them."""


@dataclass(frozen=True)
class Results:
    """Results for readers on a day; None: the day of the newest inputs."""

    name: str
    day: date | None
    manifests: Mapping[str, Manifest]


def computed(
    here: Instance,
    work: Workspace,
    readers: Sequence[str],
    day: date | None,
    stop: Stop,
    *,
    written: Callable[[Results], None] = lambda results: None,
) -> Results:
    """Compute results for readers and write their files; written: called with those of each reader."""
    name = snapshot_name(viewed(work, View(day)), day, timezone.now().date())

    def of_reader(reader: str, manifest: Manifest) -> None:
        written(Results(name, day, {reader: manifest}))

    target = here.snapshots / name
    return Results(name, day, write_snapshot(work, target, readers, day=day, stop=stop, written=of_reader))


def past_days(head: str) -> Iterator[tuple[date, list[str]]]:
    """Yield the past days that were read lately, with their readers, where the record has changed since."""
    stale = Snapshot.objects.exclude(asked=None).exclude(head=head)
    since = timezone.now() - READ_LATELY
    read = stale.filter(read__gte=since).values("asked").annotate(last=Max("read")).order_by("-last")
    for one in read[:MOST_DAYS]:
        readers = stale.filter(asked=one["asked"]).values_list("reader", flat=True)
        if one["asked"] is not None:
            yield one["asked"], sorted(set(readers))


def keep(job: Job, head: str, found: Sequence[Results]) -> None:
    """Keep results and end the job, together; results of past days from before a change go.

    Refused where the job was ended in the meantime.
    """
    with transaction.atomic():
        if not end(job.pk, Job.State.DONE, result={"snapshot": found[0].name}):
            raise Refused("the job was ended in the meantime")
        if found[0].day is None:
            Snapshot.objects.exclude(asked=None).exclude(head=head).delete()
        for one in found:
            _store(job, head, one)


def keep_early(job: Job, head: str, found: Results) -> None:
    """Keep results of some readers while the job goes on: they need not wait for those of others.

    Results of a job that was ended in the meantime are not kept.
    """
    with transaction.atomic():
        if Job.objects.select_for_update().filter(pk=job.pk, state=Job.State.RUNNING).exists():
            _store(job, head, found)


def has_results(job: Job, reader: str) -> bool:
    """Return True if a job has kept the results of a reader."""
    return Snapshot.objects.filter(job=job.pk, reader=reader).exists()


def _store(job: Job, head: str, found: Results) -> None:
    for reader, manifest in found.manifests.items():
        Snapshot.objects.get_or_create(
            name=found.name,
            reader=reader,
            asked=found.day,
            job=job.pk,
            defaults={"head": head, "digest": manifest.digest},
        )
