"""The app of runs."""

from django.apps import AppConfig


class Runs(AppConfig):
    """Jobs of the worker."""

    name = "konvoi.web.runs"
    label = "runs"
