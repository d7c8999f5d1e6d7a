"""Addresses of the frame: language, key shortcuts, styles."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, WRITES, route
from konvoi.web.pages import languages, purpose_views, views

urlpatterns = [
    route("language", languages.choose, Right.OPEN, "language", methods=WRITES),
    route("style.css", views.style, Right.OPEN, "style"),
    route("page.js", views.script, Right.OPEN, "script"),
    route("about", views.about, Right.OPEN, "about"),
    route("keys", views.keys, Right.OPEN, "keys"),
    route("purpose", purpose_views.purpose, Right.READ, "purpose", methods=FORMS),
]
