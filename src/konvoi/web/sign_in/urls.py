"""Addresses of sign-in and of one's own account."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, WRITES, route
from konvoi.web.sign_in import account_views, demo, invitation_views, views

urlpatterns = [
    route("start/<str:secret>", views.start, Right.OPEN, "start", methods=FORMS),
    route("invitation/<str:secret>", invitation_views.accept, Right.OPEN, "invitation", methods=FORMS),
    route(
        "invitation/<str:secret>/identity",
        invitation_views.link_identity,
        Right.OPEN,
        "invitation-identity",
        methods=WRITES,
    ),
    route("account/", account_views.account, Right.SIGNED_IN, "account"),
    route(
        "account/preferences",
        account_views.preferences,
        Right.SIGNED_IN,
        "account-preferences",
        methods=WRITES,
    ),
    route("account/export", account_views.export, Right.SIGNED_IN, "account-export", methods=WRITES),
    route("account/tokens", account_views.make_token, Right.SIGNED_IN, "token-make", methods=WRITES),
    route(
        "account/tokens/<uuid:token>/revoke",
        account_views.revoke_token,
        Right.SIGNED_IN,
        "token-revoke",
        methods=WRITES,
    ),
    route("acting", views.act_as, Right.SIGNED_IN, "acting", methods=WRITES),
    route("demo/", demo.personas, Right.OPEN, "personas"),
    route("demo/<str:persona>", demo.become, Right.OPEN, "persona", methods=WRITES),
]
