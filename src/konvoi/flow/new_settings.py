"""The settings of a new workspace."""

from collections.abc import Sequence

from konvoi.model.party import LANGUAGES

_TOML = """# What each key means: docs/reference/workspace.md
[coalition]
name = "{name}"
recipient = "{recipient}"
# day = 2026-01-03        # without it: the day of the latest submission
languages = [{languages}]
currency = "EUR"

[boundaries]

[supersedes]

[assumptions]
"""


def new_settings(name: str, recipient: str = "UA", *, languages: Sequence[str] = LANGUAGES) -> str:
    """Return the text of konvoi.toml of a new workspace.

    recipient: id of the party that is supported. languages: of its briefs, in their order.
    """
    title = name.replace("\\", "\\\\").replace('"', '\\"')
    told = ", ".join(f'"{one}"' for one in languages)
    return _TOML.format(name=title, recipient=recipient, languages=told)
