"""The app of reports."""

from django.apps import AppConfig


class Reports(AppConfig):
    """Releases of papers and calendar feeds."""

    name = "konvoi.web.reports"
    label = "reports"
