"""Addresses of runs and of the state of the instance."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import WRITES, route
from konvoi.web.runs import health, views

urlpatterns = [
    route("runs/ask", views.ask_for_run, Right.READ, "run-ask", methods=WRITES),
    route("runs/<uuid:job>", views.progress, Right.PUBLIC, "run"),
    route("runs/<uuid:job>/events", views.events, Right.PUBLIC, "run-events"),
    route("runs/<uuid:job>/cancel", views.stop, Right.READ, "run-cancel", methods=WRITES),
    route("healthz", health.alive, Right.OPEN, "healthz"),
    route("readyz", health.ready, Right.OPEN, "readyz"),
]
