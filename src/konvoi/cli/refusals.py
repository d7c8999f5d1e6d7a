"""Refusals in the language of the terminal."""

from konvoi.cli.i18n import code


def spoken(message: str) -> str:
    """Return a refusal in the language that is spoken."""
    language = code()
    if language == "en":
        return message
    from konvoi.report.localized_refusal import localized_refusal

    return localized_refusal(message, language)
