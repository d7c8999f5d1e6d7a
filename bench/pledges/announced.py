"""What is said in public: announcements, pages of others, announcements said again, totals to date."""

import numpy as np
from bench.pledges.book import MINISTRY, NEW, PLEDGED, PRESS, ROLE, TO_DATE, Book, Columns
from bench.pledges.chance import Flag, Whole
from bench.pledges.figures import rounded
from bench.pledges.lexicon import LANGUAGES
from bench.pledges.world import Setting

ENGLISH, UKRAINIAN = LANGUAGES.index("en"), LANGUAGES.index("uk")
# Later reports in another language, by LANGUAGES: no file tells how they are spread.
ELSEWHERE = (1, 2, 2, 3, 2)
FORTH = 400
TO_DATE_MOST = 8


def announce(book: Book, to: Setting, at: Whole) -> None:
    """All public reports of undertakings."""
    first = _announcements(book, to, at)
    _pages(book, to, at)
    _again(book, to, at, first)
    _to_date(book, to, at)


def _said(to: Setting, stream: str, amount: Whole) -> Whole:
    """Sums as they are said: at most as many digits as in fact sheets, but two where the sum has two."""
    digits = to.rate.drawn("sheets.digits", to.chance, f"{stream}/digits", len(amount))
    return rounded(amount, np.maximum(digits, 2))


def _hedges(to: Setting, stream: str, n: int) -> Whole:
    """Over, about, up to: as often as in fact sheets."""
    hedged = to.chance.happens(f"{stream}/hedged", n, to.rate.share("sheets.hedged"))
    return np.asarray(hedged * to.chance.between(f"{stream}/hedge", n, 1, 3))


def _lost(to: Setting, stream: str, n: int) -> Flag:
    """Whether a page leaves the sum out."""
    return to.chance.happens(f"{stream}/lost", n, to.rate.share("press.sum_left_out"))


def _announcements(book: Book, to: Setting, at: Whole) -> Columns:
    """The first word: by the partner itself as often as the tracker found an official source."""
    n, world = len(at), book.world
    official = to.chance.happens("first/official", n, to.rate.share("kiel.official"))
    english = to.chance.happens("first/english", n, to.rate.share("press.in_english"))
    own = to.names.partners.language[world.partner[at]]
    silent = world.silent[at]
    replaces = world.replaces[at]
    told = (replaces >= 0) & to.chance.happens("first/related", n, to.rate.share("replaced.reference"))
    return book.add(
        book.of(
            at, source=np.where(official, MINISTRY, PRESS), role=ROLE["announcement"], stage=PLEDGED,
            project=-1,
            language=np.where(english, ENGLISH, own), hedge=_hedges(to, "first", n) * ~silent,
            amount=np.where(silent, -1, _said(to, "first", world.amount[at])),
            lead=np.where(replaces >= 0, 0,
            NEW * to.chance.happens("first/new", n, to.rate.share("press.called_new"))),
            other=np.where(replaces >= 0, world.good[np.maximum(replaces, 0)], -1),
            related=np.where(told, world.project[np.maximum(replaces, 0)], -1),
        )
    )  # fmt: skip


def _tongue(to: Setting, stream: str, own: Whole) -> Whole:
    """The language of a later report."""
    n = len(own)
    elsewhere = to.chance.happens(f"{stream}/elsewhere", n, to.rate.share("press.again_elsewhere"))
    return np.asarray(np.where(elsewhere, to.chance.weighted(f"{stream}/language", n, ELSEWHERE), own))


def _retold(book: Book, to: Setting, stream: str, at: Whole, day: Whole) -> tuple[Whole, Whole, Whole]:
    """Language, currency and sum of a later report: converted at the rate of its own day."""
    n, world = len(at), book.world
    language = _tongue(to, stream, to.names.partners.language[world.partner[at]])
    dollars = to.chance.happens(f"{stream}/dollars", n, to.rate.share("kiel.in_dollars"))
    hryvnia = (language == UKRAINIAN) & to.chance.happens(
        f"{stream}/uah", n, to.rate.share("press.in_hryvnia")
    )
    codes = to.fx.currencies
    currency = np.where(dollars, codes.index("USD"), world.currency[at])
    euro = (
        (language != ENGLISH)
        & (language != UKRAINIAN)
        & to.chance.happens(f"{stream}/euro", n, to.rate.share("press.in_euro"))
    )
    currency = np.where(hryvnia, codes.index("UAH"), np.where(euro, 0, currency))
    changed = currency != world.currency[at]
    amount = np.where(
        changed, to.fx.convert(world.amount[at], day, world.currency[at], currency), world.amount[at]
    )
    amount = np.where(world.silent[at] | _lost(to, stream, n), -1, _said(to, stream, np.maximum(amount, 1)))
    return language, currency, amount


def _pages(book: Book, to: Setting, at: Whole) -> None:
    """Further pages on a package, as many as the tracker has addresses."""
    pages = to.rate.drawn("kiel.pages", to.chance, "pages", len(at)) - 1
    on = np.repeat(at, pages)
    n = len(on)
    later = to.chance.below("page/day", n, to.rate.whole("press.lag_days") + 1)
    at_once = to.chance.happens("page/at once", n, to.rate.share("press.at_once"))
    day = book.world.day[on] + np.where(at_once, np.minimum(to.chance.tail("page/tail", n), later), later)
    language, currency, amount = _retold(book, to, "page", on, day)
    book.add(
        book.of(
            on, source=PRESS, role=ROLE["page"], stage=PLEDGED, project=-1, publisher=-1, day=day,
            language=language,
            currency=currency, amount=amount, hedge=_hedges(to, "page", n) * (amount > 0),
        )
    )  # fmt: skip


def _again(book: Book, to: Setting, at: Whole, first: Columns) -> None:
    """The partner says it again, weeks to years later, in another language, currency and rounding."""
    chosen = np.flatnonzero(to.chance.happens("again", len(at), to.rate.share("sheets.said_again")))
    on = at[chosen]
    gap = to.rate.drawn("sheets.said_again_after", to.chance, "again/gap", len(on))
    day = np.minimum(book.world.day[on] + np.minimum(gap, FORTH), to.fx.last)
    language, currency, amount = _retold(book, to, "again", on, day)
    book.add(
        book.of(
            on, source=MINISTRY, role=ROLE["again"], stage=PLEDGED, project=-1, day=day, language=language,
            currency=currency, amount=amount, hedge=_hedges(to, "again", len(on)) * (amount > 0),
            lead=NEW * to.chance.happens("again/new", len(on), to.rate.share("press.called_new") / 2),
            related=first["related"][chosen],
        )
    )  # fmt: skip


def _windows(book: Book, to: Setting, at: Whole) -> tuple[Whole, Whole, Whole]:
    """Undertakings by programme and day; where each window of whole days starts and stops."""
    world = book.world
    order = at[np.lexsort((world.day[at], world.programme[at]))]
    programme, day = world.programme[order], world.day[order]
    key = programme * 100_000 + day
    wanted = to.chance.happens("to_date", len(order), to.rate.share("sheets.to_date"))
    ends = np.flatnonzero(wanted)
    back = to.chance.between("to_date/back", len(ends), 1, TO_DATE_MOST - 1)
    begin = np.maximum(ends - back, np.searchsorted(programme, programme[ends]))
    start = np.searchsorted(key, key[begin], side="left")
    stop = np.searchsorted(key, key[ends], side="right")
    wide = (stop - start >= 2) & (stop - start <= 4 * TO_DATE_MOST)
    return order, start[wide], stop[wide]


def _to_date(book: Book, to: Setting, at: Whole) -> None:
    """A total since a day: it restates all of one programme from that day to the last, and adds nothing."""
    order, start, stop = _windows(book, to, at)
    world, size = book.world, stop - start
    if not len(size):
        return
    part = order[np.repeat(start, size) + np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)]
    whole = np.repeat(np.arange(len(size)), size)
    ends, cents = order[stop - 1], np.zeros(len(size), dtype=np.int64)
    np.add.at(cents, whole, world.eur[part])
    node = book.fresh(len(size))
    day = world.day[ends] + to.chance.below("to_date/day", len(size), 4)
    currency = world.currency[ends]
    total = to.fx.convert(np.maximum(cents // 100, 1), day, np.zeros_like(currency), currency)
    language = _tongue(to, "to_date", to.names.partners.language[world.partner[ends]])
    book.add(
        book.of(
            ends, node=node, source=MINISTRY, role=ROLE["to date"], stage=PLEDGED, project=-1,
            language=language,
            amount=_said(to, "to_date", total), currency=currency, day=day, known=day, region=-1, detail=-1,
            quantity=0,
            span=day - world.day[order[start]], hedge=_hedges(to, "to_date", len(size)), lead=TO_DATE,
        )
    )  # fmt: skip
    book.relate(node[whole], part, "to_date", world.eur[part])
