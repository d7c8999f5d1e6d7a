"""Addresses of the pages of subjects."""

from konvoi.flow.subject_pages import SUBJECTS
from konvoi.web.access.roles import Right
from konvoi.web.access.routes import route
from konvoi.web.subjects.views import in_short, records_of

urlpatterns = [
    *(route(f"{one}/in-short", in_short(one), Right.PUBLIC, f"{one}-in-short") for one in SUBJECTS),
    *(route(f"{one}/in-short/records", records_of(one), Right.PUBLIC, f"{one}-records") for one in SUBJECTS),
]
