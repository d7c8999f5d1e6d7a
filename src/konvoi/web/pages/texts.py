"""Texts of actions and messages in the language of the request."""

from typing import Any

from konvoi.report.language import Language
from konvoi.report.page import Message
from konvoi.web.pages.languages import code


def say(text: str, many: str = "", number: int | None = None, /, **values: Any) -> str:
    """Return a message id in the reader's language, with its values."""
    return Language(code()).text(Message(text, values, many, number))
