"""Words of certainty, on the scale of the IPCC."""

_WORDS = (
    (0.90, "very likely"),
    (0.66, "likely"),
    (0.33, "about as likely as not"),
    (0.10, "unlikely"),
)


def word(probability: float) -> str:
    """The message id for a probability; a bound belongs to the surer word.

    >>> [word(p) for p in (0.95, 0.9, 0.66, 0.5, 0.2, 0.1, 0.0)][:3]
    ['very likely', 'very likely', 'likely']
    """
    if probability <= 0.10:
        return "very unlikely"
    return next(text for least, text in _WORDS if probability >= least)


WORDS = (*(text for _, text in _WORDS), "very unlikely")
