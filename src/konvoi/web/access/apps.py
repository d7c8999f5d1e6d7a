"""The app of access."""

from django.apps import AppConfig


class Access(AppConfig):
    """Grants of roles and the audit log."""

    name = "konvoi.web.access"
    label = "access"
