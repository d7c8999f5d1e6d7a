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
    from konvoi.web.runs.worker import Worker

    Worker().work()
    return 0


if __name__ == "__main__":
    sys.exit(main())
