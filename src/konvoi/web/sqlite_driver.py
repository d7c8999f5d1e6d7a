"""The SQLite of Konvoi in the place of Python's own, before Django opens a database."""

import sys

from konvoi.gateways.database import sqlite


def use_own_sqlite() -> None:
    """Let `import sqlite3` give the SQLite that keeps a log of several connections safely.

    Django's backend has no setting for its driver. Python's own stays where Konvoi brings none.
    """
    module = sqlite()
    if module.__name__ != "sqlite3" and "django.db.backends.sqlite3.base" not in sys.modules:
        sys.modules["sqlite3"] = module
        sys.modules["sqlite3.dbapi2"] = module.dbapi2
