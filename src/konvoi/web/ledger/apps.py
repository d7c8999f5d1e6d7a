"""The app of the ledger."""

from django.apps import AppConfig


class Ledger(AppConfig):
    """Figures and their source cells; it has no tables of its own."""

    name = "konvoi.web.ledger"
    label = "ledger"
