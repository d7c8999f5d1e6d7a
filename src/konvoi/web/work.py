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
    try:
        _set_up(here)
        _erase(here)
    except Refused as error:
        print(refusal(error), file=sys.stderr)
        return 3
    from konvoi.web.deliveries.proofs import sweep_proofs
    from konvoi.web.overview.mail import send_digests
    from konvoi.web.runs.pruning import prune
    from konvoi.web.runs.worker import Worker
    from konvoi.web.sign_in.retention import forget
    from konvoi.web.submissions.sweep import sweep

    Worker(duties=(prune, sweep, sweep_proofs, forget, send_digests)).work()
    return 0


def _set_up(here: Instance) -> None:
    if not imported(here.folder):
        raise Refused(f"{here.folder}: no instance; start one: konvoi serve {here.folder}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konvoi.web.settings")
    os.environ[SCOPE] = "engine"
    import django

    django.setup()


def _erase(here: Instance) -> None:
    """Apply the list of erasures: the instance may have been restored, and its server run elsewhere."""
    from konvoi.web.sign_in.erase_account import erase_before_start

    erase_before_start(here.folder)


if __name__ == "__main__":
    sys.exit(main())
