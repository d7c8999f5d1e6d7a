"""The app of submissions."""

from django.apps import AppConfig


class Submissions(AppConfig):
    """Uploads."""

    name = "konvoi.web.submissions"
    label = "submissions"
