"""Addresses of tables of the results."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import route
from konvoi.web.lists.tables import TABLES, table_file, table_page
from konvoi.web.lists.views import list_routes

urlpatterns = [
    *list_routes(TABLES, "tables/"),
    route("tables/<str:table>.<str:form>", table_file, Right.PUBLIC, "table-file"),
    route("tables/<str:table>", table_page, Right.PUBLIC, "table"),
]
