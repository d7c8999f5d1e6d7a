"""The app of accounts."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Accounts of persons."""

    name = "konvoi.web.accounts"
    label = "accounts"
