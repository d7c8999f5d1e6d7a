"""What is there by each week, with its band, against the line of what is needed by then; from 0 to 100 per
cent."""

from decimal import Decimal

from konvoi.report.chart import Drawing, Pen
from konvoi.report.page import Area, Number, Point
from konvoi.report.svg import element, link, picture, text

HIGH, TOP = 220, 78


def draw(chart: Area, pen: Pen) -> str:
    """Steps by week; the shapes are stretched to the width, the words are not."""
    last = chart.points[-1]
    words = "; ".join(f"{_week(point, pen)}: {_said(point, pen)}" for point in (chart.points[0], last))
    return picture(
        _grid(pen) + _shapes(chart) + _marks(chart, pen) + _ends(chart, pen),
        id=chart.id,
        title=pen.language.text(chart.title),
        words=words,
        height=TOP + HIGH + 22,
        class_="area",
    )


def _y(value: Decimal) -> float:
    return TOP + HIGH - float(min(max(value, Decimal(0)), Decimal(100))) / 100 * HIGH


def _grid(pen: Pen) -> str:
    parts = []
    for at in (0, 25, 50, 75, 100):
        y = _y(Decimal(at))
        parts.append(element("line", x1=0, x2="100%", y1=f"{y:g}", y2=f"{y:g}", class_="grid"))
        parts.append(text(f"{at} %", "0", y - 3, class_="tick"))
    return "".join(parts)


def _shapes(chart: Area) -> str:
    points = chart.points
    planned = [number.value or Decimal(0) for number in (point.planned for point in points)]
    needed = [number.value or Decimal(0) for number in (point.needed for point in points)]
    floor = f"L{len(points)},{TOP + HIGH:g}L0,{TOP + HIGH:g}Z"
    high, low = [p.high for p in points], [p.low for p in points]
    band = _steps(high) + _steps(low, back=True) + "Z"
    inner = (
        element("path", d=_steps(planned) + floor, class_="s2")
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
        height=TOP + HIGH + 2,
        viewBox=f"0 0 {len(points)} {TOP + HIGH + 2}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _seen(chart: Area) -> bool:
    """Whether there is a forecast."""
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
        box = element(
            "rect", x=f"{at * width:.3f}%", y=TOP, width=f"{width:.3f}%", height=HIGH, class_="touch"
        )
        parts.append(link(box, pen.link(point.planned), f"{_week(point, pen)}: {_said(point, pen)}"))
    return "".join(parts)


def _week(point: Point, pen: Pen) -> str:
    return pen.language.day(point.monday)


def _percent(number: Number, pen: Pen) -> str:
    return pen.language.percent((number.value or Decimal(0)) / 100)


def _said(point: Point, pen: Pen) -> str:
    planned = pen.language.say("needed {needed}, planned {planned}")
    words = planned.format(needed=_percent(point.needed, pen), planned=_percent(point.planned, pen))
    if point.expected is None:
        return words
    foreseen = pen.language.say("expected {expected}, 80 % between {low} and {high}").format(
        expected=pen.language.percent(point.expected / 100),
        low=pen.language.percent(point.low / 100),
        high=pen.language.percent(point.high / 100),
    )
    return f"{words}, {foreseen}"


def _ends(chart: Area, pen: Pen) -> str:
    """What line, area and band are, with their last value, in the head; the first and the last week below."""
    last, say = chart.points[-1], pen.language.say
    samples: tuple[tuple[str, str, str], ...] = (
        (
            element("line", x1=0, x2=28, y1=8, y2=8, class_="need-key"),
            "needed by then",
            _percent(last.needed, pen),
        ),
        (
            element("rect", x=0, y=19, width=28, height=10, class_="s2"),
            "planned, if nothing is held up",
            _percent(last.planned, pen),
        ),
        *_forecast_keys(last, pen),
    )
    parts = [
        sample + text(f"{say(words)}: {value}", "36", 12 + 16 * at, class_="name")
        for at, (sample, words, value) in enumerate(samples)
    ]
    bottom = TOP + HIGH + 15
    return (
        "".join(parts)
        + text(_week(chart.points[0], pen), "0", bottom, class_="tick")
        + text(_week(last, pen), "100%", bottom, anchor="end", class_="tick")
    )


def _forecast_keys(last: Point, pen: Pen) -> tuple[tuple[str, str, str], ...]:
    if last.expected is None:
        return ()
    band = f"{pen.language.percent(last.low / 100)} – {pen.language.percent(last.high / 100)}"
    line = element("line", x1=0, x2=28, y1=40, y2=40, class_="expected-key")
    return (
        (line, "expected with delays", pen.language.percent(last.expected / 100)),
        (element("rect", x=0, y=51, width=28, height=10, class_="band"), "80 % between", band),
    )


AREA = Drawing("area", Area, draw)
