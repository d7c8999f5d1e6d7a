"""Cyrillic letters in Latin ones, so that names in two scripts can be compared; not for showing."""

# After the Ukrainian table of 2010 (Cabinet of Ministers, resolution 55), without its rules for the beginning
# of words: a key for comparing needs one form for each letter. Letters of other languages are added.
_LETTERS = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёыэъўђјљњћџ",
        (
            *("a", "b", "v", "h", "g", "d", "e", "ie", "zh", "z", "y", "i", "i", "i", "k", "l", "m", "n"),
            *("o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "iu", "ia"),
            *("e", "y", "e", "", "u", "dj", "j", "lj", "nj", "c", "dz"),
        ),
        strict=True,
    )
)
_TABLE = str.maketrans(_LETTERS | {letter.upper(): text.title() for letter, text in _LETTERS.items()})


def latin(text: str) -> str:
    """A text with its Cyrillic letters written in Latin ones; all other letters stay.

    >>> latin("Червоний Хрест"), latin("Zürich")
    ('Chervonyi Khrest', 'Zürich')
    """
    return text.translate(_TABLE)
