"""The process of the web, in the place of the command: it gets the signals and gives the exit code itself."""

import os
import sys
from typing import NoReturn

from konvoi.cli.i18n import VARIABLE, code


def replace(module: str, *words: str) -> NoReturn:
    """Go on as a module of the web, which speaks the language of the command."""
    sys.stdout.flush()
    sys.stderr.flush()
    environment = {**os.environ, VARIABLE: code()}
    os.execve(sys.executable, [sys.executable, "-P", "-m", module, *words], environment)
