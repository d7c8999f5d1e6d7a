"""Addresses of submissions."""

from konvoi.web.access.roles import Right
from konvoi.web.access.routes import FORMS, WRITES, route
from konvoi.web.lists.views import list_routes
from konvoi.web.submissions import (
    document_views,
    mapping_views,
    marking_views,
    question_views,
    template_views,
    views,
)
from konvoi.web.submissions.document_list import DOCUMENTS

urlpatterns = [
    route("", views.submissions, Right.READ, "submissions"),
    route("hand-in", views.hand_in, Right.SUBMIT, "hand-in", methods=FORMS),
    route("questions", question_views.questions, Right.READ, "questions"),
    route("questions/answer", question_views.answers, Right.SUBMIT, "answers", methods=WRITES),
    route("template", template_views.template, Right.SUBMIT, "template"),
    route("uploads/<uuid:upload>", views.upload, Right.SUBMIT, "upload"),
    route("uploads/<uuid:upload>/marked/<int:number>", views.marked, Right.SUBMIT, "upload-marked"),
    route("uploads/<uuid:upload>/confirm", views.confirm, Right.SUBMIT, "upload-confirm", methods=WRITES),
    route("uploads/<uuid:upload>/discard", views.discard, Right.SUBMIT, "upload-discard", methods=WRITES),
    route("uploads/<uuid:upload>/check", views.check_again, Right.SUBMIT, "upload-check", methods=WRITES),
    route(
        "uploads/<uuid:upload>/mapping/<int:number>",
        mapping_views.mapping,
        Right.SUBMIT,
        "upload-mapping",
        methods=FORMS,
    ),
    *list_routes(DOCUMENTS, "documents/"),
    route(
        "documents/<reference:document>/original", document_views.original, Right.READ, "document-original"
    ),
    route(
        "documents/<reference:document>/pages/<int:page>",
        document_views.page_image,
        Right.READ,
        "document-page",
    ),
    route(
        "documents/<reference:own>/marking",
        marking_views.marking,
        Right.SUBMIT,
        "document-marking",
        methods=FORMS,
    ),
    route(
        "documents/<reference:document>/withdraw",
        document_views.withdraw,
        Right.SUBMIT,
        "document-withdraw",
        methods=WRITES,
    ),
    route(
        "documents/<reference:document>/restore",
        document_views.restore,
        Right.SUBMIT,
        "document-restore",
        methods=WRITES,
    ),
    route("documents/<reference:document>", document_views.document, Right.READ, "document"),
]
