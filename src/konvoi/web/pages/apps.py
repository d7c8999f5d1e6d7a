"""The app of pages."""

from django.apps import AppConfig


class Pages(AppConfig):
    """Templates, texts and styles."""

    name = "konvoi.web.pages"
    label = "pages"
