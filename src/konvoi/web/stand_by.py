"""The process that stands by for the next scenario: python -m konvoi.web.stand_by.

It loads the newest plan with its problem, then waits for the id of a job on its input. It ends without one
where its input ends or other results are the newest.
"""

import os
import select
import sys
import uuid
from typing import IO

from konvoi.web.instance import SCOPE
from konvoi.web.parent import end_with_parent

PAUSE = 5.0
"""Seconds between two looks whether the plan is still the newest."""


def main() -> int:
    """Stand by, then do the job that is named; return 0 where it is done, or none was named."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konvoi.web.settings")
    os.environ[SCOPE] = "engine"
    import django

    django.setup()
    from konvoi.web.do_job import do
    from konvoi.web.planning.ready_plan import ready_plan

    ready = ready_plan(busy=lambda: _told(sys.stdin, 0))
    while not _told(sys.stdin, PAUSE):
        # Looked at once more, since a job may have been named meanwhile.
        if (ready is None or not ready.is_newest()) and not _told(sys.stdin, 0):
            return 0
    named = sys.stdin.readline().strip()
    return do(uuid.UUID(named), ready) if named else 0


def _told(stream: IO[str], seconds: float) -> bool:
    """Return True once there is something to read, or the input has ended."""
    return bool(select.select([stream], [], [], seconds)[0])


if __name__ == "__main__":
    sys.exit(main())
