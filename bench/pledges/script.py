"""Letters from one script into another, and the slips of people who type."""

# The Ukrainian table of 2010 (Cabinet of Ministers, Resolution 55): at the start of a word, and elsewhere.
_FIRST = {"є": "Ye", "ї": "Yi", "й": "Y", "ю": "Yu", "я": "Ya"}
_PLAIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "'": "", "’": "",
}  # fmt: skip
_CYRILLIC = {
    "sch": "ш", "sh": "ш", "ch": "ч", "th": "т", "ph": "ф", "zh": "ж", "ts": "ц", "ya": "я", "yu": "ю",
    "qu": "кв",
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "г", "i": "і", "j": "й",
    "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у",
    "v": "в",
    "w": "в", "x": "кс", "y": "и", "z": "з",
}  # fmt: skip
SLIPS = 4


def latin(text: str) -> str:
    """Ukrainian in Latin letters.

    >>> latin("Згурський"), latin("їжа для Запоріжжя")
    ('Zghurskyi', 'yizha dlia Zaporizhzhia')
    """
    out, before = [], " "
    folded = text.replace("зг", "\0").replace("Зг", "\1")
    for letter in folded:
        low = letter.lower()
        start = not before.isalpha()
        if letter in "\0\1":
            new = "zgh"
        else:
            new = _FIRST[low].lower() if start and low in _FIRST else _PLAIN.get(low, low)
        out.append(new.capitalize() if letter.isupper() or letter == "\1" else new)
        before = letter
    return "".join(out)


def cyrillic(text: str) -> str:
    """A Latin name as a Ukrainian text may print it: a rough spelling by ear.

    >>> cyrillic("Harbour Bridge")
    'Гарбоур Брідге'
    """
    out, place = [], 0
    while place < len(text):
        for size in (3, 2, 1):
            part = text[place : place + size]
            new = _CYRILLIC.get(part.lower())
            if new is not None:
                break
        else:
            part = new = text[place]
        out.append(new.capitalize() if part[0].isupper() else new)
        place += len(part)
    return "".join(out)


def slipped(text: str, number: int) -> str:
    """The text with one letter swapped, lost or doubled; short ones stay.

    >>> slipped("ambulances", 0) != "ambulances", slipped("RTW", 1)
    (True, 'RTW')
    """
    if len(text) < 5:
        return text
    place = 1 + (sum(map(ord, text)) + 7 * number) % (len(text) - 3)
    head, here, there, rest = text[:place], text[place], text[place + 1], text[place + 2 :]
    return head + (there + here, there, here + here + there)[number % 3] + rest
