"""Deliveries of a CSV as cases: our columns, those of SCMS, days that are months, and what cannot be read."""

import gzip
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konvoi.flow.forecast.delivery_files import SCMS, deliveries
from konvoi.forecast.leadtimes.cases import CASES, PROMISED
from konvoi.forecast.leadtimes.learn import learn
from konvoi.gateways.refusal import Refused

HEAD = "case,shipment,kind,mode,begun,promised,received,withdrawn,replaced\n"


def _file(folder: Path, text: str, head: str = HEAD) -> Path:
    path = folder / "deliveries.csv"
    path.write_text(head + text)
    return path


def test_a_row_is_a_case_of_its_promise_and_of_its_span(tmp_path: Path) -> None:
    row = "D1,S1,energy,road,2031-05-01,2031-05-10,2031-05-12,,\n"
    cases, findings = deliveries(_file(tmp_path, row))
    assert not findings
    assert cases.schema == CASES
    span, promise = cases.sort("of", descending=True).rows(named=True)
    assert (span["measure"], span["since"]) == ("begun > received", date(2031, 5, 1))
    assert (promise["measure"], promise["since"]) == (PROMISED, date(2031, 5, 10))
    for one in (span, promise):
        assert (one["how"], one["ended_to"], one["season"]) == ("received", date(2031, 5, 12), "Q2")
        assert (one["kind"], one["mode"], one["shipment"], one["row"]) == ("energy", "road", "S1", 2)


def test_a_row_without_an_end_is_open_and_a_month_is_all_its_days(tmp_path: Path) -> None:
    rows = "D1,,energy,road,,2031-05-10,,,\nD2,,energy,road,,2031-05-10,,2031-06,\n"
    cases, findings = deliveries(_file(tmp_path, rows))
    assert not findings
    assert cases["how"].to_list() == [None, "withdrawn"]
    assert cases.row(1, named=True)["ended_from"] == date(2031, 6, 1)
    assert cases.row(1, named=True)["ended_to"] == date(2031, 6, 30)


def test_the_measure_of_a_span_may_be_named(tmp_path: Path) -> None:
    head = "measure,begun,received\n"
    cases, _ = deliveries(_file(tmp_path, "departed > arrived,2031-05-01,2031-05-04\n", head))
    assert cases["measure"].to_list() == ["departed > arrived"]
    assert cases["case"].to_list() == ["row 2"]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("D1,,energy,road,,2031-05-10,soon,,\n", "lead-time-day-unreadable", "received"),
        ("D1,,energy,road,,2031-02-30,,,\n", "lead-time-day-unreadable", "promised"),
        ("D1,,cheese,road,,2031-05-10,,,\n", "lead-time-kind-unknown", "kind"),
        ("D1,,energy,road,,2031-05-10,2031-05-10,2031-05-12,\n", "lead-time-ended-twice", "received"),
    ],
)
def test_what_cannot_be_read_is_told_of_at_its_cell(tmp_path: Path, row: str, code: str, column: str) -> None:
    _, (one,) = deliveries(_file(tmp_path, row))
    assert (one.code, one.place.file, one.place.row, one.place.column) == (code, "deliveries.csv", 2, column)
    assert one.remedy


def test_of_two_ends_the_earliest_counts(tmp_path: Path) -> None:
    row = "D1,,energy,road,,2031-05-10,2031-05-14,2031-05-12,\n"
    cases, _ = deliveries(_file(tmp_path, row))
    assert (cases["how"][0], cases["ended_to"][0]) == ("withdrawn", date(2031, 5, 12))


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "received\n2031-05-01\n"])
def test_a_file_that_has_no_days_to_count_between_teaches_nothing_or_is_refused(
    tmp_path: Path, text: str
) -> None:
    path = _file(tmp_path, text, "")
    if "received" in text:
        assert deliveries(path)[0].is_empty()
    else:
        with pytest.raises(Refused):
            deliveries(path)


def test_a_gzipped_file_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deliveries.csv.gz"
    packed = gzip.compress((HEAD + "D1,,energy,road,,2031-05-10,2031-05-12,,\n" * 50).encode())
    path.write_bytes(packed)
    assert deliveries(path)[0].height == 50
    for broken in (packed[:-20], packed[:2], packed[:40] + b"\x00" * 40):
        path.write_bytes(broken)
        with pytest.raises(Refused):
            deliveries(path)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_the_file_is_read_or_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes((HEAD + text).encode())
    try:
        cases, _ = deliveries(path)
    except Refused:
        return
    assert cases.schema == CASES


@pytest.fixture(scope="module")
def scms(real_data: Path) -> tuple[pl.DataFrame, int]:
    """The cases of the real history, and how many findings there are."""
    cases, findings = deliveries(real_data / "leadtimes" / "scms-deliveries-to-2013-06.csv.gz")
    return cases, len(findings)


@pytest.mark.real_data
def test_the_history_of_scms_is_read_whole(scms: tuple[pl.DataFrame, int]) -> None:
    """7,110 deliveries, 2,706 with the day of their order; 61.7 % on the day, 28.7 % early, 9.6 % late."""
    cases, findings = scms
    assert findings == 0
    promised = cases.filter(measure=PROMISED)
    late = (promised["ended_to"] - promised["since"]).dt.total_days().to_numpy()
    assert (promised.height, cases.filter(measure=SCMS.begun).height) == (7110, 2706)
    shares = [100 * part.mean() for part in (late == 0, late < 0, late > 0)]
    assert shares == pytest.approx([61.7, 28.7, 9.6], abs=0.05)
    assert (promised["shipment"].n_unique(), set(promised["how"])) == (5057, {"received"})


@pytest.mark.slow
@pytest.mark.real_data
def test_groups_of_scms_keep_their_own_shares(scms: tuple[pl.DataFrame, int]) -> None:
    """At the end of 2011 four in five direct deliveries come on the day, one in six of those from stock."""
    cases, _ = scms
    model = learn(cases.filter(measure=PROMISED), date(2012, 1, 1), data="SCMS")
    asked = pl.DataFrame({"kind": "humanitarian", "measure": PROMISED, "route": ["Direct Drop", "From RDC"]})
    found = model.distribution(asked)
    direct, stock = found.by(pl.Series([0, 0]).to_numpy()) - found.by(pl.Series([-1, -1]).to_numpy())
    assert direct > 0.7
    assert stock < 0.3
