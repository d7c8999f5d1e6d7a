"""The server as a process: python -m konvoi.web.server HOST PORT."""

import sys

from konvoi.web.parent import end_with_parent


def main() -> int:
    """Serve until asked to stop, or until the process that started this one has ended."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    host, port = sys.argv[1], int(sys.argv[2])
    end_with_parent()
    Server(
        "konvoi.web.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=1,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
