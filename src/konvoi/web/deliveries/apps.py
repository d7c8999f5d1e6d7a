"""The app of deliveries."""

from django.apps import AppConfig


class Deliveries(AppConfig):
    """Orders, dispatches and receipts; what is handed in goes the way of every submission."""

    name = "konvoi.web.deliveries"
    label = "deliveries"
