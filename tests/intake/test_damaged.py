"""A damaged sample is told of and never raises: for every format there is and will be."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.intake.formats.test_mapped import MAPPING

from konvoi.intake.mapping import as_json
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Severity

FOLDER = Path(__file__).parent / "formats" / "samples"
SAMPLES = sorted(path for path in FOLDER.glob("*/*") if path.suffix != ".expected")
CONTAINERS = [path for path in SAMPLES if zipfile.is_zipfile(path)]
EVERY = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
EVERY_CONTAINER = pytest.mark.parametrize(
    "sample", CONTAINERS, ids=lambda path: f"{path.parent.name}/{path.name}"
)

bytes_put_in = st.one_of(
    st.binary(max_size=20),
    st.sampled_from([b"\0" * 20, b'"', b"<", b"\xff\xfe", b"9" * 5_000]),
    # What people, spreadsheets and other programs write where a number or a day is due.
    st.sampled_from(["1,5 Mio", "1e400", "NaN", "5²", "½", "٣", "2922-01-01", "#REF!", "&#xD800;"]).map(
        str.encode
    ),
)


def of(sample: Path, content: bytes) -> Document:
    """A file as its sender submits it; one of a partner's own shape with the mapping that is kept for it."""
    mappings = (as_json(MAPPING),) if sample.parent.name == "mapped" else ()
    return Document(sample.name, content, mappings=mappings)


@st.composite
def damages(draw: st.DrawFn) -> tuple[float, int, bytes]:
    """Where (as a part of the length), how many bytes go, and what comes in their place."""
    return draw(st.floats(0, 1)), draw(st.integers(0, 50)), draw(bytes_put_in)


def damaged(content: bytes, damage: tuple[float, int, bytes]) -> bytes:
    share, gone, put_in = damage
    at = int(share * len(content))
    return content[:at] + put_in + content[at + gone :]


def same(one: Reading, other: Reading) -> bool:
    """Whether two readings hold the same, wherever the file lies."""
    return (
        one.entries.equals(other.entries)
        and one.relations.equals(other.relations)
        and one.claims.equals(other.claims)
        and one.tables.keys() == other.tables.keys()
        and all(one.tables[name].equals(other.tables[name]) for name in one.tables)
    )


def well_told(reading: Reading, name: str) -> bool:
    """Whether each finding has a place and a remedy, and what is refused says why."""
    placed = all(one.place.file == name and one.code and one.expected for one in reading.findings)
    errors = [one for one in reading.findings if one.severity == Severity.ERROR]
    return placed and all(one.remedy for one in errors) and bool(not reading.refused or errors)


@EVERY
def test_a_whole_sample_is_read(sample: Path) -> None:
    reading = read(of(sample, sample.read_bytes()))
    assert not reading.refused
    assert reading.format


@pytest.mark.slow(all=True)
@EVERY
@given(damage=damages())
@example(damage=(0.5, 10**9, b""))
@example(damage=(0.0, 0, b"\0"))
@example(damage=(1.0, 0, b"\0" * 30))
def test_a_damaged_sample_is_told_of_and_never_raises(sample: Path, damage: tuple[float, int, bytes]) -> None:
    reading = read(of(sample, damaged(sample.read_bytes(), damage)))
    assert well_told(reading, sample.name)


@pytest.mark.slow(all=True)
@EVERY_CONTAINER
@given(damage=damages())
def test_a_damaged_container_is_refused_told_of_or_reads_the_same(
    sample: Path, damage: tuple[float, int, bytes]
) -> None:
    content = sample.read_bytes()
    whole = read(of(sample, content))
    reading = read(of(sample, damaged(content, damage)))
    assert same(whole, reading) or len(reading.findings) > len(whole.findings) or reading.refused


@pytest.mark.slow(all=True)
@EVERY_CONTAINER
@given(damage=damages(), choice=st.floats(0, 1, exclude_max=True))
@settings(max_examples=60)
def test_a_part_that_was_damaged_before_it_was_packed_never_raises(
    sample: Path, damage: tuple[float, int, bytes], choice: float
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(sample) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = old.namelist()[int(choice * len(old.namelist()))]
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, damage) if name == chosen else part)
    assert well_told(read(of(sample, stream.getvalue())), sample.name)


@EVERY
def test_a_truncated_sample_of_any_length_never_raises(sample: Path) -> None:
    content = sample.read_bytes()
    for end in range(0, len(content), max(1, len(content) // 40)):
        assert well_told(read(of(sample, content[:end])), sample.name)
