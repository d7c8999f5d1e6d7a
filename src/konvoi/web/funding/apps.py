"""The app of funding."""

from django.apps import AppConfig


class Funding(AppConfig):
    """Pages of funding; it has no tables of its own."""

    name = "konvoi.web.funding"
    label = "funding"
