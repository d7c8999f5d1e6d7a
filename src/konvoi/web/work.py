"""The worker as a process: python -m konvoi.web.work."""

import os
import sys

from konvoi.web.instance import SCOPE


def main() -> int:
    """Work until asked to stop."""
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
