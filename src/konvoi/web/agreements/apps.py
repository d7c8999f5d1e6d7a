"""The app of agreements."""

from django.apps import AppConfig


class Agreements(AppConfig):
    """Texts and positions; it has no tables of its own."""

    name = "konvoi.web.agreements"
    label = "agreements"
