"""Cyrillic, Greek, Georgian and Armenian letters in Latin ones, to compare names; not for showing."""

import unicodedata

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
# One Latin form for each letter, after the usual romanisations of the three states, without apostrophes.
_OTHERS = """
αa άa βv γg δd εe έe ζz ηi ήi θth ιi ίi ϊi ΐi κk λl μm νn ξx οo όo πp ρr σs ςs τt υy ύy ϋy ΰy φf χch ψps ωo ώo
აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh
աa բb գg դd եe զz էe ըy թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռr սs վv տt րr ցts
ւv փp քk օo ֆf ևev
"""
_LETTERS |= {one[0]: one[1:] for one in _OTHERS.split()}
# Two letters that are one vowel in Greek and in Armenian.
_PAIRS = (
    *(("ου", "ou"), ("ού", "ou"), ("Ου", "Ou"), ("Ού", "Ou"), ("ΟΥ", "OU"), ("ΟΎ", "OU")),
    *(("ու", "u"), ("Ու", "U"), ("ՈՒ", "U")),
)
_CAPITALS = {letter.upper(): text.title() for letter, text in _LETTERS.items() if len(letter.upper()) == 1}
_WRITTEN = str.maketrans(_LETTERS | _CAPITALS)


class _Table(dict[int, str]):
    """Letters written for each character; one with an accent or of another width becomes its base."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        forms = (unicodedata.normalize("NFKD", one) for one in (letter, letter.casefold()))
        parts = next((form for form in forms if ord(form[0]) in _WRITTEN), "")
        written = "".join(part if part == letter else self[ord(part)] for part in parts) if parts else letter
        self[code] = written
        return written


_TABLE = _Table(_WRITTEN)


def latin(text: str) -> str:
    """A text with its Cyrillic, Greek, Georgian and Armenian letters written in Latin ones; all others stay.

    >>> latin("Червоний Хрест"), latin("Zürich"), latin("ზურაბ"), latin("Αθήνα")
    ('Chervonyi Khrest', 'Zürich', 'zurab', 'Athina')
    """
    for letters, written in _PAIRS:
        text = text.replace(letters, written)
    return text.translate(_TABLE)
