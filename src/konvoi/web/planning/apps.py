"""The app of the planning room."""

from django.apps import AppConfig


class Planning(AppConfig):
    """Needs, offers and the plan; what is handed in goes the way of every submission."""

    name = "konvoi.web.planning"
    label = "planning"
