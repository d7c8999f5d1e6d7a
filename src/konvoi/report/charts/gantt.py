"""Movements in time: bar from departure to arrival, line for the 80 % interval of the arrival, mark for the
due day."""

from datetime import date, timedelta
from html import escape

from konvoi.report.chart import Drawing, Pen
from konvoi.report.page import Gantt, Task
from konvoi.report.svg import axis, element, link, picture

ROW = 30
SIGNS = {"on time": "●", "at risk": "◐", "late": "○", "unknown": "?"}
CLASSES = {"on time": "ontime", "at risk": "atrisk", "late": "late", "unknown": "unknown"}


def draw(chart: Gantt, pen: Pen) -> str:
    """One row for each movement: its words above, its bar below."""
    first, last = _window(chart)
    rows = "".join(_row(task, pen, at * ROW, first, last) for at, task in enumerate(chart.tasks))
    y = len(chart.tasks) * ROW
    words = "; ".join(_said(task, pen) for task in chart.tasks[:5])
    return picture(
        axis(_months(first, last, pen), 0, y) + rows,
        id=chart.id,
        title=pen.language.text(chart.title),
        words=words,
        height=y + 20,
        class_="gantt",
    )


def _window(chart: Gantt) -> tuple[date, date]:
    days = [day for t in chart.tasks for day in (t.departs, t.arrives, t.first, t.last, t.due) if day]
    return min(days), max(max(days), min(days) + timedelta(days=7))


def _place(day: date, first: date, last: date) -> float:
    return (day - first).days / (last - first).days * 100


def _months(first: date, last: date, pen: Pen) -> list[tuple[str, str]]:
    places = [("0%", pen.language.day(first))]
    day = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    step = max(1, (last - first).days // 180)
    count = 0
    while day < last:
        at = _place(day, first, last)
        if 16 <= at <= 82 and count % step == 0:
            places.append((f"{at:.2f}%", pen.language.month(day)))
        count += 1
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return [*places, ("100%", pen.language.day(last))]


def _said(task: Task, pen: Pen) -> str:
    language = pen.language
    days = f"{language.day(task.departs)} – {language.day(task.arrives)}"
    what = f"{language.text(task.label)}, {language.text(task.quantity)}, {task.need}"
    return f"{what}: {days}, {language.say(task.state)}"


def _row(task: Task, pen: Pen, y: float, first: date, last: date) -> str:
    language = pen.language
    start = _place(task.departs, first, last)
    end = _place(task.arrives, first, last)
    bar = element(
        "rect",
        x=f"{start:.2f}%",
        y=f"{y + 16:g}",
        width=f"{max(end - start, 0.4):.2f}%",
        height=8,
        class_=CLASSES[task.state],
    )
    marks = _interval(task, y, first, last) + _due(task, y, first, last)
    label = f"{language.text(task.label)}, {language.text(task.quantity)}"
    # A narrow screen has room for the good and the sign; the link's words say the rest.
    return (
        _words(label, f" · {task.need}", x="0", y=y + 12, class_="name")
        + _words(SIGNS[task.state], f" {language.say(task.state)}", x="100%", y=y + 12, class_="figure")
        + link(bar + marks, pen.link(task.quantity), _said(task, pen))
    )


def _words(words: str, wider: str, *, x: str, y: float, class_: str) -> str:
    """Words, and those beside them for which only a wide screen has room."""
    more = element("tspan", escape(wider), class_="wider")
    anchor = "end" if x == "100%" else None
    return element("text", escape(words) + more, x=x, y=f"{y:g}", text_anchor=anchor, class_=class_)


def _interval(task: Task, y: float, first: date, last: date) -> str:
    if task.first is None or task.last is None:
        return ""
    low = f"{_place(task.first, first, last):.2f}%"
    high = f"{_place(task.last, first, last):.2f}%"
    middle = f"{y + 20:g}"
    top = f"{y + 17:g}"
    bottom = f"{y + 23:g}"
    ends = "".join(element("line", x1=x, x2=x, y1=top, y2=bottom, class_="whisker") for x in (low, high))
    return element("line", x1=low, x2=high, y1=middle, y2=middle, class_="whisker") + ends


def _due(task: Task, y: float, first: date, last: date) -> str:
    if task.due is None:
        return ""
    at = f"{_place(task.due, first, last):.2f}%"
    return element("line", x1=at, x2=at, y1=f"{y + 14:g}", y2=f"{y + 26:g}", class_="due")


GANTT = Drawing("gantt", Gantt, draw)
