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
    """Give each request a key of its own, and take away a cursor that no page has given.

    Requests that are meant to be wrong stay as they are.
    """
    if case.meta is not None and not case.meta.generation.mode.is_positive:
        return
    if _KEY.fullmatch(str(case.headers.get(KEY, ""))):
        case.headers[KEY] = uuid.uuid4().hex
    for name in ("after", "before"):
        case.query.pop(name, None)
