"""The app of meetings."""

from django.apps import AppConfig


class Meetings(AppConfig):
    """Pages of meetings; it has no tables of its own."""

    name = "konvoi.web.meetings"
    label = "meetings"
