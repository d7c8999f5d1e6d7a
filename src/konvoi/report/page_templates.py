"""Templates of pages and their styles."""

from collections.abc import Callable
from functools import cache

from jinja2 import Environment, FunctionLoader, StrictUndefined

from konvoi.report.resources import resource


def css_text(text: str) -> str:
    """Text inside a string of CSS."""
    return "".join(c if c.isalnum() or c in " .,:·-–" else f"\\{ord(c):x} " for c in text)


@cache
def template_text(name: str) -> str:
    """Return the text of a template, without space around it."""
    return resource(f"templates/{name}").decode().strip()


@cache
def environment() -> Environment:
    """Return the environment of all pages: values are escaped, and names that are not given are refused."""

    def load(name: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        return resource(f"templates/{name}").decode(), None, None

    return Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
