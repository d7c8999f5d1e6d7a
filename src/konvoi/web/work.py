"""The worker as a process: python -m konvoi.web.work [DIR]."""

import os
import sys
from pathlib import Path

from konvoi.gateways.database import imported
from konvoi.gateways.refusal import Refused
from konvoi.web.instance import FOLDER, SCOPE, Instance
from konvoi.web.terminal import refusal


def main() -> int:
    """Work until asked to stop."""
    if sys.argv[1:]:
        os.environ[FOLDER] = sys.argv[1]
    here = Instance(Path(os.environ.get(FOLDER, ".")))
    if not imported(here.folder):
        print(
            refusal(Refused(f"{here.folder}: no instance; start one: konvoi serve {here.folder}")),
            file=sys.stderr,
        )
        return 3
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konvoi.web.settings")
    os.environ[SCOPE] = "engine"
    import django

    django.setup()
    from konvoi.web.overview.mail import send_digests
    from konvoi.web.runs.pruning import prune
    from konvoi.web.runs.worker import Worker

    Worker(duties=(prune, send_digests)).work()
    return 0


if __name__ == "__main__":
    sys.exit(main())
