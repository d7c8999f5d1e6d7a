"""Problems as RFC 9457 documents: the API answers with nothing else where it cannot answer."""

from collections.abc import Mapping

from django.http import HttpResponse

from konvoi.kit.json_text import json_text

TYPE = "application/problem+json"
ADDRESS = "/api/v1/"


def problem(status: int, name: str, title: str, detail: str = "", **more: str) -> HttpResponse:
    """Return a problem. name: of its type, which docs/reference/api.md explains. more: further members."""
    document = {"type": f"{ADDRESS}problems/{name}", "title": title, "status": status, **more}
    if detail:
        document["detail"] = detail
    return HttpResponse(json_text(document) + "\n", status=status, content_type=TYPE)


def not_found() -> HttpResponse:
    """Return the answer for what does not exist, and for what one may not see."""
    return problem(404, "not-found", "There is no such resource, or it is not released to you.")


def not_signed_in() -> HttpResponse:
    """Return the answer for nobody, whatever was asked for."""
    response = problem(401, "not-signed-in", "Send a valid token: Authorization: Bearer TOKEN.")
    response["WWW-Authenticate"] = "Bearer"
    return response


def too_many() -> HttpResponse:
    """Return the answer to many wrong tokens from one address."""
    response = problem(429, "too-many", "Too many wrong tokens. Wait a minute.")
    response["Retry-After"] = "60"
    return response


class Stopped(Exception):
    """An operation cannot go on. response: the problem that is its answer; all that it did is taken back."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def unfit(parameter: str, detail: str) -> Stopped:
    """Return what stops an operation whose body is not as the document says. parameter: the member."""
    # JSON can name a member by half a character, which no answer could hold.
    named = parameter.encode("utf-8", "replace").decode()
    return Stopped(
        problem(400, "body", "The body is not as the operation needs it.", detail, parameter=named)
    )


def refused_by(faults: Mapping[str, str]) -> Stopped:
    """Return what stops an operation whose values do not fit the record. faults: sentences by member."""
    name, why = next(iter(faults.items()))
    title = "The action was refused. Nothing was changed."
    return Stopped(problem(409, "refused", title, why, parameter=name))
