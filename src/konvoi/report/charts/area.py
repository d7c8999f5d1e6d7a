"""The coverage by each week, with its band, against the line of needs due by then; from 0 to 100 per cent."""

from decimal import Decimal

from konvoi.report.chart import Drawing, Pen
from konvoi.report.page import Area, Number, Point
from konvoi.report.svg import element, link, picture, text

HIGH = 220
KEY = 16
"""How high the curves are, and each line of the key above them."""

UNDER_WAY = "under way, arrival day not reported"
SENTENCES = (UNDER_WAY,)


def draw(chart: Area, pen: Pen) -> str:
    """Steps by week; the shapes are stretched to the width, the words are not."""
    ends = (chart.points[0], chart.points[-1])
    rest = [f"{words} {value}" for _, words, value in _rest_keys(chart, pen)]
    words = "; ".join([*(f"{_week(point, pen)}: {_said(point, pen)}" for point in ends), *rest])
    keys = _keys(chart, pen)
    top = KEY * len(keys) + 14
    ground = _grid() + _rest(chart, pen) + _shapes(chart)
    curves = ground + _ticks() + _marks(chart, pen) + _ends(chart, pen)
    return picture(
        _key(keys) + element("g", curves, transform=f"translate(0 {top})"),
        id=chart.id,
        title=pen.language.text(chart.title),
        words=words,
        height=top + HIGH + 22,
        class_="area",
    )


def _y(value: Decimal) -> float:
    return HIGH - float(min(max(value, Decimal(0)), Decimal(100))) / 100 * HIGH


def _grid() -> str:
    heights = (f"{_y(Decimal(at)):g}" for at in _PERCENT)
    return "".join(element("line", x1=0, x2="100%", y1=y, y2=y, class_="grid") for y in heights)


def _ticks() -> str:
    return "".join(text(f"{at} %", "0", _y(Decimal(at)) - 3, class_="tick") for at in _PERCENT)


_PERCENT = (0, 25, 50, 75, 100)


def _rest(chart: Area, pen: Pen) -> str:
    """Return the part that is under way and has no week, from the top down."""
    share = chart.under_way.value or Decimal(0)
    if share <= 0:
        return ""
    y = _y(Decimal(100))
    below = _y(100 - share)
    box = element("rect", x=0, y=f"{y:g}", width="100%", height=f"{max(below - y, 1):g}", class_="s4")
    label = f"{pen.language.say(UNDER_WAY)}: {_percent(chart.under_way, pen)}"
    return link(box, pen.link(chart.under_way), label)


def _shapes(chart: Area) -> str:
    points = chart.points
    planned = [number.value or Decimal(0) for number in (point.planned for point in points)]
    needed = [number.value or Decimal(0) for number in (point.needed for point in points)]
    received = [number.value or Decimal(0) for number in (point.received for point in points)]
    floor = f"L{len(points)},{HIGH:g}L0,{HIGH:g}Z"
    high = [p.high for p in points]
    low = [p.low for p in points]
    band = _steps(high) + _steps(low, back=True) + "Z"
    inner = (
        element("path", d=_steps(planned) + floor, class_="s2")
        + (element("path", d=_steps(received) + floor, class_="s5") if any(received) else "")
        + (element("path", d=band, class_="band") if _seen(chart) else "")
        + (element("path", d=_steps(_expected(chart)), class_="expected") if _seen(chart) else "")
        + element("path", d=_steps(planned), class_="edge")
        + element("path", d=_steps(needed), class_="need")
    )
    return element(
        "svg",
        inner,
        x=0,
        y=0,
        width="100%",
        height=HIGH + 2,
        viewBox=f"0 0 {len(points)} {HIGH + 2}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _seen(chart: Area) -> bool:
    """Return True if there is a forecast."""
    return all(point.expected is not None for point in chart.points)


def _expected(chart: Area) -> list[Decimal]:
    return [point.expected or Decimal(0) for point in chart.points]


def _steps(values: list[Decimal], *, back: bool = False) -> str:
    """A line in steps of one week, forth as a new path or back as the end of one."""
    corners = [(x, _y(value)) for at, value in enumerate(values) for x in (at, at + 1)]
    if back:
        return "".join(f"L{x},{y:.1f}" for x, y in reversed(corners))
    return "M" + "L".join(f"{x},{y:.1f}" for x, y in corners)


def _marks(chart: Area, pen: Pen) -> str:
    """One upright mark for each week, over its whole height: it opens what is planned by then."""
    width = 100 / len(chart.points)
    parts = []
    for at, point in enumerate(chart.points):
        box = element("rect", x=f"{at * width:.3f}%", y=0, width=f"{width:.3f}%", height=HIGH, class_="touch")
        parts.append(link(box, pen.link(point.planned), f"{_week(point, pen)}: {_said(point, pen)}"))
    return "".join(parts)


def _week(point: Point, pen: Pen) -> str:
    return pen.language.day(point.monday)


def _percent(number: Number, pen: Pen) -> str:
    return pen.language.percent((number.value or Decimal(0)) / 100)


def _said(point: Point, pen: Pen) -> str:
    told = pen.language.say("needed {needed}, received {received}, received and planned {planned}")
    words = told.format(
        needed=_percent(point.needed, pen),
        received=_percent(point.received, pen),
        planned=_percent(point.planned, pen),
    )
    if point.expected is None:
        return words
    foreseen = pen.language.say("expected {expected}, 80 % interval {low} to {high}").format(
        expected=pen.language.percent(point.expected / 100),
        low=pen.language.percent(point.low / 100),
        high=pen.language.percent(point.high / 100),
    )
    return f"{words}, {foreseen}"


def _ends(chart: Area, pen: Pen) -> str:
    """The first and the last week, below."""
    first = _week(chart.points[0], pen)
    last = _week(chart.points[-1], pen)
    left = text(first, "0", HIGH + 15, class_="tick")
    return left + text(last, "100%", HIGH + 15, anchor="end", class_="tick")


Key = tuple[str, str, str]
"""A sample as it is drawn at the height of its line, what it stands for, and its last value."""


def _key(keys: list[Key]) -> str:
    """The key in the head, one line for each."""
    return "".join(
        element(
            "g", sample + text(f"{words}: {value}", "36", 12, class_="name"), transform=f"translate(0 {y})"
        )
        for y, (sample, words, value) in zip(range(0, KEY * len(keys), KEY), keys, strict=True)
    )


def _keys(chart: Area, pen: Pen) -> list[Key]:
    """Return the keys of lines, areas and bands, each with its value in the last week."""
    last = chart.points[-1]
    say = pen.language.say
    received = [(_box("s5"), say("received"), _percent(last.received, pen))] if last.received.value else []
    planned = say("received and planned" if received else "planned, without delays")
    return [
        (_line("need-key"), say("needed"), _percent(last.needed, pen)),
        *received,
        (_box("s2"), planned, _percent(last.planned, pen)),
        *_forecast_keys(last, pen),
        *_rest_keys(chart, pen),
    ]


def _forecast_keys(last: Point, pen: Pen) -> list[Key]:
    if last.expected is None:
        return []
    band = f"{pen.language.percent(last.low / 100)} – {pen.language.percent(last.high / 100)}"
    return [
        (
            _line("expected-key"),
            pen.language.say("expected, with delays"),
            pen.language.percent(last.expected / 100),
        ),
        (_box("band"), pen.language.say("80 % interval"), band),
    ]


def _rest_keys(chart: Area, pen: Pen) -> list[Key]:
    """Return the key of the part that stands in no week: goods under way."""
    if not chart.under_way.value:
        return []
    return [(_box("s4"), pen.language.say(UNDER_WAY), _percent(chart.under_way, pen))]


def _line(class_: str) -> str:
    return element("line", x1=0, x2=28, y1=8, y2=8, class_=class_)


def _box(class_: str) -> str:
    return element("rect", x=0, y=3, width=28, height=10, class_=class_)


AREA = Drawing("area", Area, draw)
