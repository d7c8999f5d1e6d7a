"""The table twin of a chart that has none among the tables of its section."""

from decimal import Decimal

from konvoi.report.page import Area, Chart, Column, Message, Section, Share, Strips, Table, Value, Week

EMPTY = Message("Nothing to draw.")


def tables(section: Section) -> tuple[Table, ...]:
    """All tables of a section: the twins of its charts, then its own."""
    twins = (_twin(chart) for chart in section.charts)
    return (*(table for table in twins if table is not None), *section.tables)


def _twin(chart: Chart) -> Table | None:
    match chart:
        case Strips():
            return _months(chart)
        case Area():
            return _weeks(chart)
    return None


def _months(chart: Strips) -> Table:
    known = [dict(strip.marks) for strip in chart.strips]
    months = sorted(set().union(*known))
    rows = tuple((month, *(marks.get(month) for marks in known)) for month in months)
    columns = (
        Column(Message("Month"), "", "month"),
        *(Column(strip.label, chart.unit, "number") for strip in chart.strips),
    )
    return Table(f"{chart.id}-table", _title(chart), columns, rows, EMPTY)


def _weeks(chart: Area) -> Table:
    head = Message("Under way, arrival day not reported")
    rest = [(head, chart.under_way)] if chart.under_way.value else []
    columns = (
        Column(Message("Week")),
        Column(Message("Needed, cumulative"), "%", "number"),
        Column(Message("Received"), "%", "number"),
        Column(Message("Received and planned"), "%", "number"),
        Column(Message("Expected"), "%", "number"),
        Column(Message("Pessimistic case (90th percentile)"), "%", "number"),
        Column(Message("Optimistic case (10th percentile)"), "%", "number"),
        *(Column(head, "%", "number") for head, _ in rest),
    )
    rows: list[tuple[Value, ...]] = []
    for point in chart.points:
        seen = point.expected is not None
        band = (_share(value if seen else None) for value in (point.expected, point.low, point.high))
        always = (number for _, number in rest)
        rows.append((Week(point.monday), point.needed, point.received, point.planned, *band, *always))
    return Table(f"{chart.id}-table", _title(chart), columns, tuple(rows), EMPTY)


def _title(chart: Strips | Area) -> Message:
    return Message("{chart}: table", {"chart": chart.title})


def _share(percent: Decimal | None) -> Value:
    return None if percent is None else Share(percent / 100)
