"""The app of rows that are filled in on pages."""

from django.apps import AppConfig


class FormRows(AppConfig):
    """Rows of forms, each with its state until it is part of the record."""

    name = "konvoi.web.form_rows"
    label = "form_rows"
