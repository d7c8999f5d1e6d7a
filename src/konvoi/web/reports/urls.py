"""Addresses of reports."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import WRITES, route
from konvoi.web.reports import feed_views, paper_views, release_views

urlpatterns = [
    route("", paper_views.reports, Right.PUBLIC, "reports"),
    route("compute", paper_views.compute, Right.READ, "report-compute", methods=WRITES),
    route("papers/<reference:paper>/records", paper_views.records, Right.PUBLIC, "paper-records"),
    route("papers/<reference:paper>", paper_views.paper, Right.PUBLIC, "paper"),
    route("files/<reference:file>", paper_views.file, Right.PUBLIC, "paper-file"),
    route("releases", release_views.all_releases, Right.PUBLIC, "releases"),
    route("releases/make", release_views.make_release, Right.DECIDE, "release-make", methods=WRITES),
    route("releases/<uuid:release>", release_views.release, Right.PUBLIC, "release"),
    route("releases/<uuid:release>/paper", release_views.released_paper, Right.PUBLIC, "release-paper"),
    route("releases/<uuid:release>/records", release_views.released_records, Right.PUBLIC, "release-records"),
    route(
        "releases/<uuid:release>/files/<reference:released>",
        release_views.released_file,
        Right.PUBLIC,
        "release-file",
    ),
    route(
        "releases/<uuid:release>/withdraw",
        release_views.withdraw,
        Right.DECIDE,
        "release-withdraw",
        methods=WRITES,
    ),
    route("feeds", feed_views.own_feeds, Right.READ, "feeds"),
    route("feeds/make", feed_views.make, Right.READ, "feed-make", methods=WRITES),
    route("feeds/<uuid:feed>/revoke", feed_views.revoke, Right.READ, "feed-revoke", methods=WRITES),
    route("calendar/<str:address>.ics", feed_views.calendar, Right.OPEN, "calendar"),
]
