"""The app of sanctions."""

from django.apps import AppConfig


class Sanctions(AppConfig):
    """Pages of sanctions; it has no tables of its own."""

    name = "konvoi.web.sanctions"
    label = "sanctions"
