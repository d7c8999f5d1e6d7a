"""The app of agreements."""

from django.apps import AppConfig


class Agreements(AppConfig):
    """Texts and positions; its own table holds calls to consult."""

    name = "konvoi.web.agreements"
    label = "agreements"
