"""Addresses of administration."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, WRITES, route
from konvoi.web.administration import log_views, people_views, settings_views, views
from konvoi.web.lists.views import list_routes
from konvoi.web.runs import views as run_views

urlpatterns = [
    route("", views.index, Right.ADMINISTER, "administration"),
    route("users", people_views.users, Right.INVITE, "users"),
    route("users/invite", people_views.invite, Right.INVITE, "invite", methods=FORMS),
    route("users/<uuid:user>", people_views.user, Right.INVITE, "user"),
    route("users/<uuid:user>/roles", people_views.ask_role, Right.INVITE, "role-ask", methods=WRITES),
    route("users/<uuid:user>/link", people_views.renew, Right.INVITE, "invitation-renew", methods=WRITES),
    route("users/<uuid:user>/account", people_views.close, Right.ADMINISTER, "user-close", methods=WRITES),
    route("roles/<uuid:grant>", people_views.decide, Right.INVITE, "role-decide", methods=WRITES),
    route("parties", views.parties, Right.ADMINISTER, "parties"),
    route("settings", settings_views.settings, Right.ADMINISTER, "settings", methods=FORMS),
    route("runs", views.runs, Right.ADMINISTER, "runs"),
    route("runs/ask", run_views.ask_for_run, Right.ADMINISTER, "runs-ask", methods=WRITES),
    route("runs/<uuid:job>/stop", run_views.stop, Right.ADMINISTER, "runs-stop", methods=WRITES),
    route("health", views.health, Right.ADMINISTER, "health"),
    *list_routes(log_views.LOG, "audit/", "administration/log.html", log_views.log_frame),
    route("audit/verify", log_views.verify, Right.AUDIT, "audit-verify", methods=WRITES),
]
