"""Japan: the list of the Ministry of Finance of those whose assets are frozen (an old workbook).

A sheet for each programme, with heads in Japanese that are spaced or broken; some mix persons and groups. Who
was delisted keeps a row with its number (削除); programmes that ended keep an empty sheet (解除).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from konvoi.align.calendars import gregorian
from konvoi.align.declared import Entry, Form
from konvoi.align.declared_listings import read
from konvoi.align.listing import Order
from konvoi.align.regime import Found, Opened, Regime
from konvoi.kit.text import script, tidy

_TITLE = "Japan"
_ACT = (
    "Foreign Exchange and Foreign Trade Act (Act No. 228 of 1949), notice of the Ministry of Foreign Affairs"
)
_UNKNOWN = "不明"
_PERSONS, _GROUPS = "個人", re.compile("団体|銀行")
_ORIGINAL = re.compile(r"[(（]\s*original script\s*[:：]\s*([^()（）]+)[)）]?", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_WORD = re.compile(r"([^\s()（）]+)\s*[(（]([^()（）]+)[)）]")
_ALSO = re.compile(r"^[(（]?(?:(?:[af]\.?k\.?a\.?)\s*[:：]?|別称\s*[:：]?)\s*", re.IGNORECASE)
_SENTENCE = re.compile("[生年月日]")
_NO_NAME = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\d{4}")
_DATED = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+|[;,]")
_SEPARATORS = re.compile(r"[、;；\n]|(?<=\w),\s")
_PERSONAL = ("births", "birth place", "nationality", "passport", "position")


def _prepare(entry: Entry) -> Entry | None:
    """One row in the form: unknown values gone, the names in Latin letters apart from the Japanese ones."""
    values = {
        name: kept
        for name, texts in entry.values.items()
        if (kept := tuple(t for t in texts if t != _UNKNOWN))
    }
    if not values.get("key"):
        return None  # A row that only goes on with the information of the one above.
    programme = tidy(entry.sheet.partition(".")[2] or entry.sheet)
    number = re.sub(r"[(（].*?[)）]|[*#＊＃]", "", values["key"][0]).strip()
    names = " ".join(values.get("name", ()))
    scripts = tuple(tidy(found) for found in _ORIGINAL.findall(names))
    english = tidy(_ORIGINAL.sub("", names))
    kind = _kind(entry.sheet, values)
    own, also = _spellings(english, person=kind == "person")
    made: dict[str, tuple[str, ...]] = {
        **values,
        "key": (f"{programme} {number or values['key'][0]}",),
        "reference": (f"{programme} {values['key'][0]}",),
        "programme": (programme,),
        "kind": (kind,),
        "name": (own or english,) if english else (),
        "original": (*scripts, *values.get("original", ())),
        "alias": (*also, *_latin(values.get("alias", ()))),
        "former": _latin(values.get("former", ())),
        "weak": _latin(values.get("weak", ())),
        "passport": _numbers(values.get("passport", ())),
        "national": _numbers(values.get("national", ())),
    }
    return replace(entry, values={name: texts for name, texts in made.items() if texts})


def _kind(sheet: str, values: Mapping[str, tuple[str, ...]]) -> str:
    """The kind by the sheet; of one that mixes both, by the columns that only persons fill."""
    if _PERSONS in sheet:
        return "person"
    if _GROUPS.search(sheet):
        return "entity"
    return "person" if any(values.get(name) for name in _PERSONAL) else "entity"


def _spellings(name: str, *, person: bool) -> tuple[str, tuple[str, ...]]:
    """Return a name without brackets, and the names that these give: `Igor(Ihor) KORNET` has two given names,
    `VEB.RF (Vnesheconombank)` two names.
    """
    own = tidy(_BRACKETS.sub(" ", name))
    if not person:
        return own, _latin(_BRACKETS.findall(name))
    several = []
    for found in _WORD.finditer(name):
        before, after = (
            tidy(_BRACKETS.sub(" ", part)) for part in (name[: found.start()], name[found.end() :])
        )
        several += [
            tidy(f"{before} {word} {after}") for word in found[2].split("/") if script(word) == "Latin"
        ]
    return own, tuple(dict.fromkeys(several))


def _latin(texts: Sequence[str]) -> tuple[str, ...]:
    """The names in Latin letters within texts: alone, in brackets behind a Japanese one, or beside it."""
    return tuple(dict.fromkeys(name for text in texts for name in _names(text)))


def _names(text: str) -> Iterator[str]:
    told = (inside for inside in _BRACKETS.findall(text) if not _SENTENCE.search(inside))
    pieces = _SEPARATORS.split(_BRACKETS.sub("\n", text))
    for piece in (*chain.from_iterable(map(_SEPARATORS.split, told)), *pieces):
        name = tidy(_ALSO.sub("", tidy(piece))).strip("()（） ")
        if len(name) > 1 and script(name) == "Latin" and not _NO_NAME.search(name):
            yield name


def _numbers(texts: Sequence[str]) -> tuple[str, ...]:
    """The numbers within texts that also name countries and days in Japanese."""
    pieces = (_DATED.sub(" ", gregorian(text)) for text in texts)
    found = (part.strip(" ,.:;()-") for text in pieces for part in _NOT_ASCII.split(text))
    return tuple(dict.fromkeys(part for part in found if sum(map(str.isdigit, part)) > 3))


_FORM = Form(
    list="mof",
    needed=("since", "key", "original", "name"),
    fields={
        "since": ("告示日付",),
        "key": ("告示番号",),
        "original": ("日本語表記",),
        "name": ("英語表記",),
        "alias": ("別名", "別称", "別名・別称", "別称・別名", "別称・旧称", "確定可能な別名"),
        "former": ("旧称", "旧称・以前の呼称", "以前の別名", "過去の別名"),
        "weak": ("確定に十分でない別名",),
        "births": ("生年月日", "生年月日・出生地"),
        "birth place": ("出生地", "出生地・出身地"),
        "nationality": ("国籍",),
        "passport": ("旅券番号",),
        "national": ("ID番号", "身分登録番号", "身分証番号"),
        "information": ("その他の情報", "詳細"),
        "position": ("称号", "役職", "肩書", "肩書等"),
    },
    order=(Order.ASSET_FREEZE,),
    act=_ACT,
    delisted=re.compile("削除"),
    beside=re.compile("一覧|解除"),
    prepare=_prepare,
)


def _read(files: Sequence[Opened], day: date) -> Found:
    """One listing for each number of each sheet."""
    return read("jp", _TITLE, files, _FORM)


JP = Regime("jp", _TITLE, _read)
