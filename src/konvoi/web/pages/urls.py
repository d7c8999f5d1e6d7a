"""Addresses of the frame: language, key shortcuts, styles."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import WRITES, route
from konvoi.web.pages import languages, views

urlpatterns = [
    route("language", languages.choose, Right.OPEN, "language", methods=WRITES),
    route("style.css", views.style, Right.OPEN, "style"),
    route("page.js", views.script, Right.OPEN, "script"),
    route("about", views.about, Right.OPEN, "about"),
    route("keys", views.keys, Right.OPEN, "keys"),
]
