"""The app of matching."""

from django.apps import AppConfig


class Matching(AppConfig):
    """Second opinions that are asked for; decisions themselves stand in the record."""

    name = "konvoi.web.matching"
    label = "matching"
