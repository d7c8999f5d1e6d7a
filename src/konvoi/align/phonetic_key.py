"""Words of names by sound: spellings in Latin and Cyrillic, and in be, uk and ru, become equal.

Keys for comparison, never for display: several letters become equal on purpose.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from konvoi.kit.latin import latin
from konvoi.kit.text import HIDDEN, fold

_MARKS = re.compile(rf"['’‘ʼ`´ʹʺ″\"{HIDDEN}]|(?<=[^\W\d_])”(?=[^\W\d_])")
# Romanisations of the Russian, Ukrainian and Belarusian letters that differ, the longest first.
_WRITTEN = """
shch:s tsch:c sch:s tch:c dzh:z zh:z kh:h gh:h ch:c sh:s ts:t tz:t cz:c dz:d ph:f th:t ck:k
ye:e ie:e je:e yo:e io:e jo:e yu:u iu:u ju:u ya:a ia:a ja:a x:ks q:k c:k w:v g:h y:i j:i
"""
_LETTERS = {one.split(":")[0]: one.split(":")[1] for one in _WRITTEN.split()}
_LETTER = re.compile("|".join(sorted(_LETTERS, key=lambda one: (-len(one), one))))
_MIXED = re.compile(r"\b\w*?(?:[A-Za-zĸ][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-zĸ])\w*")
_LOOKALIKES = str.maketrans("ABCEHIKMOPTXYaceiopxyĸ", "АВСЕНІКМОРТХУасеіорхук")
"""Latin letters that are typed for Cyrillic ones in a word that has some of these."""

_PARTING = "ꙮ"
"""A letter that folds to itself and that one book alone has; it parts texts that are folded together."""

_TWICE = re.compile(r"(\D)\1+")
_VOWELS = re.compile(r"[aeiou]+")

# Endings of women's family names, and Belarusian ones, in the form of men's Russian ones.
_ENDINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=.{2})([oe])va$", r"\1v"),
        (r"(?<=.{2})ava$", "av"),
        (r"(?<=.{2})ina$", "in"),
        (r"(?<=[st])ka$", "ki"),
        (r"(?<=.{2})([aoe])u$", r"\1v"),
        (r"enka$", "enko"),
    )
)
_LAST = ("a", "u")
_PATRONYMIC = re.compile(r"(.{2,}?)(?:i?[oeai]v(?:ic|na)|auna|icna|ic)")

# Given names whose forms in the three languages differ by more than letters; each line is one name.
_FORMS = """
Nikolai Mykola Mikalai Nikolay Mikola
Vladimir Volodymyr Uladzimir
Vladislav Vladyslav Uladzislau
Evgeny Yevhen Yauhen Evgenii Yevgeny Yevhenii Eugene
Nikita Mykyta Mikita
Anna Hanna
Olga Olha Volha
Grigory Hryhorii Ryhor Grigoriy Hryhoriy
Dmitry Dmytro Dzmitry Dmitri Dmitrii
Sergei Serhii Siarhei Sergey Serhiy
Alexander Aleksandr Oleksandr Aliaksandr Alyaksandr
Alexei Aleksei Oleksii Aliaksei Aleksey Alexey Oleksiy
Alexandra Aleksandra Oleksandra Aliaksandra
Elena Olena Alena Yelena
Ekaterina Kateryna Katsiaryna Yekaterina Catherine
Fyodor Fedir Fiodar Fedor
Filipp Pylyp
Iosif Yosyp Iosyp Joseph
Peter Petr Petro Piotr Pyotr
Artem Artyom Artsiom
Egor Yegor Yehor Yahor
Georgy Heorhii Heorhi Georgii Georgiy
Nadezhda Nadiia Nadzeya Nadiya
Gleb Hlib Hleb
Daniil Danylo Danila Danil
Kirill Kyrylo Kiryl
Konstantin Kostiantyn Kanstantsin Kostyantyn
Pavel Pavlo Paul
Michael Mikhail Mykhailo Mikhal
Vasily Vasyl Vasil Vasilii
Gennady Hennadii Henadz Gennadii
Anatoly Anatolii Anatol
Denis Denys Dzianis
Oksana Aksana
Ilya Illia
Mohammed Muhammad Mohamed Mohammad Muhammed Mochammad Mokhammad Muhamad Mohamad
Hussein Husain Hussain Husayn Hussayn Hossein
Abu Abou
Al El Ul
Bin Ben Ibn
Abd Abdel Abdul Abdal
Timofei Tymofii Tsimafei
"""


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in Latin letters, without case, accents and punctuation.

    >>> words("Іллʼя О'Ніл"), words("PUTIN, Vladimir")
    (('illia', 'onil'), ('putin', 'vladimir'))
    """
    return all_words([text])[0]


def all_words(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of each of many texts; what stands between spaces is folded once, however often it recurs.

    >>> all_words(["PUTIN, Vladimir", "", "Харків"])
    [('putin', 'vladimir'), (), ('kharkiv',)]
    """
    once = list(dict.fromkeys(chain.from_iterable(map(str.split, texts))))
    folded = dict(zip(once, _folded(once), strict=True)).__getitem__
    return [tuple(chain.from_iterable(map(folded, text.split()))) for text in texts]


def _folded(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of each text, all folded as one, which is quicker."""
    one = f" {_PARTING} ".join(text.replace(_PARTING, " ") for text in texts)
    plain = _MIXED.sub(lambda found: found[0].translate(_LOOKALIKES), _MARKS.sub("", one))
    return [tuple(text.split()) for text in fold(latin(plain)).split(_PARTING)] if texts else []


@lru_cache(maxsize=200_000)
def spoken(word: str) -> str:
    """A word with the letters that romanisations write differently fallen together."""
    return all_spoken(word)


def all_spoken(text: str) -> str:
    """Return `spoken` of each word of a text; what parts words stays."""
    return _TWICE.sub(r"\1", _LETTER.sub(lambda found: _LETTERS[found[0]], text))


_SAME = {spoken(word): spoken(words(line)[0]) for line in _FORMS.strip().splitlines() for word in words(line)}


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Return the sound of a word of `words`; forms of a given name, or of a family name by gender, are one.

    >>> sound("volodymyr") == sound("uladzimir"), sound("petrovskaya") == sound("petrovskyi")
    (True, True)
    """
    return one_form(spoken(word))


@lru_cache(maxsize=200_000)
def sound_of_folded(word: str) -> str:
    """Return the sound of a folded word in any alphabet.

    >>> sound_of_folded("зайцев") == sound_of_folded("zaitsev")
    True
    """
    return sound(latin(word))


@lru_cache(maxsize=200_000)
def one_form(heard: str) -> str:
    """Return the sound of a word as spoken."""
    if heard in _SAME:
        return _SAME[heard]
    if heard[-1:] in _LAST:
        for pattern, to in _ENDINGS:
            if pattern.search(heard):
                return pattern.sub(to, heard)
    return heard


@lru_cache(maxsize=200_000)
def skeleton(heard: str) -> str:
    """The consonants of a word as it sounds; all of it where fewer than two are left.

    >>> skeleton(sound("sergei")), skeleton("ia")
    ('srh', 'ia')
    """
    bare = _TWICE.sub(r"\1", _VOWELS.sub("", heard))
    return bare if len(bare) > 1 else heard


def father(name: Sequence[str]) -> tuple[int, str]:
    """Return the place of the patronymic in a name (-1 if none), and the skeleton of the father's name.

    A family name may have the form of a patronymic: one has a patronymic beside two further words only, and
    it stands at the beginning never. Of two, a family name at the beginning is no patronymic, else the first
    is the patronymic.

    >>> father(words("Roman Arkadyevich Abramovich")), father(words("Roman Abramovich"))
    ((1, 'rkd'), (-1, ''))
    """
    if len(name) < 3:
        return -1, ""
    for place, word in enumerate(name[1:], start=1):
        if found := _patronymic(word):
            return place, found
    return -1, ""


@lru_cache(maxsize=200_000)
def _patronymic(word: str) -> str:
    """Return the skeleton of the father's name in a word that may be a patronymic; empty for any other."""
    found = _PATRONYMIC.fullmatch(spoken(word))
    return skeleton(_SAME.get(found[1], found[1])) if found else ""
