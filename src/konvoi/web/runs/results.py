"""Results of runs: computed for readers on a day, and kept so that the web finds them."""

from collections.abc import Iterator, Mapping, Sequence
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
    here: Instance, work: Workspace, readers: Sequence[str], day: date | None, stop: Stop
) -> Results:
    """Compute results for readers and write their files."""
    name = snapshot_name(viewed(work, View(day)), day, timezone.now().date())
    return Results(name, day, write_snapshot(work, here.snapshots / name, readers, day=day, stop=stop))


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
            for reader, manifest in one.manifests.items():
                Snapshot.objects.create(
                    name=one.name, reader=reader, asked=one.day, head=head, digest=manifest.digest, job=job.pk
                )
