"""Refusals in the language of the terminal."""

from konvoi.cli.i18n import code


def spoken(message: str) -> str:
    """Return a refusal in the language that is spoken; as it is where no template of it is translated."""
    language = code()
    if language == "en":
        return message
    from konvoi.report.refusals import refusal

    return refusal(message, language)
