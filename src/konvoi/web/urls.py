"""All addresses of the instance."""

from django.urls import include, path

from konvoi.web.pages import errors

urlpatterns = [
    path("", include("konvoi.web.overview.urls")),
    path("", include("konvoi.web.pages.urls")),
    path("", include("konvoi.web.sign_in.urls")),
    path("", include("konvoi.web.runs.urls")),
    path("", include("konvoi.web.lists.urls")),
    path("", include("konvoi.web.subjects.urls")),
    path("ledger/", include("konvoi.web.ledger.urls")),
    path("submissions/", include("konvoi.web.submissions.urls")),
    path("planning/", include("konvoi.web.planning.urls")),
    path("deliveries/", include("konvoi.web.deliveries.urls")),
    path("matching/", include("konvoi.web.matching.urls")),
    path("agreements/", include("konvoi.web.agreements.urls")),
    path("meetings/", include("konvoi.web.meetings.urls")),
    path("funding/", include("konvoi.web.funding.urls")),
    path("sanctions/", include("konvoi.web.sanctions.urls")),
    path("reports/", include("konvoi.web.reports.urls")),
    path("administration/", include("konvoi.web.administration.urls")),
    path("accounts/", include("konvoi.web.sign_in.library_urls")),
    path("", include("konvoi.web.api.urls")),
]
handler404 = errors.not_found
handler500 = errors.failed
