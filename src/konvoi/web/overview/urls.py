"""Addresses of the overview."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import route
from konvoi.web.lists.views import list_routes
from konvoi.web.overview import views
from konvoi.web.overview.task_list import TASKS

urlpatterns = [
    route("", views.overview, Right.PUBLIC, "overview"),
    *list_routes(TASKS, "tasks"),
    route("records", views.records, Right.PUBLIC, "records"),
    route("brief/<str:name>", views.brief_file, Right.PUBLIC, "brief-file"),
]
