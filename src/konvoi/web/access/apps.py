"""The app of access."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Access(AppConfig):
    """Grants of roles and the audit log."""

    name = "konvoi.web.access"
    label = "access"

    def ready(self) -> None:
        """Put the wall around the tables after each change of them."""
        post_migrate.connect(_protect, sender=self)


def _protect(**_: object) -> None:
    from konvoi.web.access.scope import protect

    protect()
