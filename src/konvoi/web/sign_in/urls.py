"""Addresses of sign-in and of one's own account."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import WRITES, route
from konvoi.web.sign_in import demo, views

urlpatterns = [
    route("start/<str:secret>", views.start, Right.OPEN, "start", methods=("GET", "HEAD", "POST")),
    route("account/", views.account, Right.SIGNED_IN, "account"),
    route("acting", views.act_as, Right.SIGNED_IN, "acting", methods=WRITES),
    route("demo/", demo.personas, Right.OPEN, "personas"),
    route("demo/<str:persona>", demo.become, Right.OPEN, "persona", methods=WRITES),
]
