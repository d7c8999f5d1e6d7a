"""Addresses of the overview."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import route
from konvoi.web.overview import views

urlpatterns = [
    route("", views.overview, Right.PUBLIC, "overview"),
    route("tasks", views.all_tasks, Right.SIGNED_IN, "tasks"),
    route("records", views.records, Right.PUBLIC, "records"),
    route("brief/<str:name>", views.brief_file, Right.PUBLIC, "brief-file"),
]
