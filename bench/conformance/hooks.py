"""What an OpenAPI document cannot say of a request: a key is new each time, a cursor comes from a page."""

import re
import uuid
from typing import Any

import schemathesis
from schemathesis import Case

KEY = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,100}")


@schemathesis.hook
def before_call(context: Any, case: "Case[Any]", kwargs: dict[str, Any]) -> None:
    """Give each request a key of its own; take away a cursor of no page, and columns of no table.

    Requests that are meant to be wrong stay as they are, but for a key that could be one: with a key that was
    sent before, they would get the answer of then.
    """
    if _KEY.fullmatch(str(case.headers.get(KEY, ""))):
        case.headers[KEY] = uuid.uuid4().hex
    if case.meta is not None and not case.meta.generation.mode.is_positive:
        return
    of_table = ("columns", "sort") if case.operation.path == "/tables/{table}" else ()
    for name in ("after", "before", *of_table):
        case.query.pop(name, None)
