"""Releases merge as the standard says: the official samples give their own compiled records."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from konvoi.intake.ocds.merge import WHOLE, NotMergeable, compiled, same_ids, versioned

SAMPLE = "ocds-213czf-000-00001"


def loaded(folder: Path, name: str) -> Any:
    return json.loads((folder / "ocds" / "samples" / name).read_text("utf-8"))


def releases(folder: Path) -> list[dict[str, Any]]:
    files = sorted((folder / "ocds" / "samples").glob(f"{SAMPLE}-0*.json"))
    found = [one for path in files for one in json.loads(path.read_text("utf-8"))["releases"]]
    assert len(found) == 6
    return found


@pytest.mark.real_data
@pytest.mark.parametrize("turned", [False, True])
def test_the_six_sample_releases_give_their_compiled_release(real_data: Path, turned: bool) -> None:
    """In whatever order they are handed in; both records of the sample hold it."""
    found = compiled(reversed(releases(real_data)) if turned else releases(real_data))
    for name in (f"{SAMPLE}.json", f"{SAMPLE}-withversions.json"):
        assert found == loaded(real_data, name)["records"][0]["compiledRelease"]


@pytest.mark.real_data
def test_a_template_of_every_version_merges_to_itself(real_data: Path) -> None:
    """One release alone: its compiled release says all that it says, but for what is never merged."""
    files = sorted((real_data / "ocds" / "samples").glob("release-template-*.json"))
    assert len(files) == 10
    for path in files:
        release = json.loads(path.read_text("utf-8"))
        found = compiled([release])
        assert {**release, **{name: found[name] for name in ("id", "date", "tag")}} == found, path.name


def named_whole(value: object) -> Iterator[tuple[str, bool]]:
    """Each list of a schema by name, and whether it is merged as a whole."""
    if isinstance(value, dict):
        for name, part in value.get("properties", {}).items():
            if "array" in str(part.get("type")) and "$ref" in part.get("items", {}):
                yield name, bool(part.get("wholeListMerge"))
        for part in value.values():
            yield from named_whole(part)


@pytest.mark.real_data
def test_the_lists_replaced_as_a_whole_are_those_of_the_schema(real_data: Path) -> None:
    schema = json.loads((real_data / "ocds" / "schema" / "release-schema.json").read_text("utf-8"))
    lists = set(named_whole(schema))
    assert {name for name, whole in lists if whole} == WHOLE
    assert {name for name, whole in lists if not whole} & WHOLE == set()


def release(day: int, **more: object) -> dict[str, object]:
    return {"ocid": "o", "id": f"r{day}", "date": f"2031-01-0{day}T00:00:00Z", "tag": ["contract"], **more}


def test_null_takes_a_value_away() -> None:
    steps = [
        release(1, tender={"title": "A", "items": [{"id": "1", "quantity": 2}]}),
        release(2, tender={"title": None, "items": None}),
    ]
    assert compiled(steps)["tender"] == {}


def test_items_merge_by_their_id_and_lists_without_ids_as_a_whole() -> None:
    steps = [
        release(1, items=[{"id": "1", "n": 1, "v": "x"}, {"id": "2", "n": 1}], words=["a", "b"]),
        release(2, items=[{"id": "1", "n": 5}], words=["c"]),
    ]
    found = compiled(steps)
    assert found["items"] == [{"id": "1", "n": 5, "v": "x"}, {"id": "2", "n": 1}]
    assert found["words"] == ["c"]


def test_an_id_that_stands_twice_in_one_list_is_told_with_its_path() -> None:
    doubled = release(1, contracts=[{"id": "C", "items": [{"id": "1"}, {"id": "1"}]}, {"id": "D"}])
    assert same_ids([release(2), doubled]) == [("releases[1].contracts[0].items", "1")]


def test_merging_does_not_change_what_was_handed_in() -> None:
    steps = [release(1, items=[{"id": "1", "n": 1}]), release(2, items=[{"id": "1", "n": 2}])]
    before = json.dumps(steps)
    compiled(steps)
    assert json.dumps(steps) == before


def test_an_empty_list_removes_nothing_from_a_list_that_is_merged_by_id() -> None:
    """Ids absent from a later release are kept, so an empty list says nothing of any of them."""
    steps = [
        release(
            1,
            contracts=[{"id": "C", "items": [{"id": "1", "n": 2}]}],
            parties=[{"id": "P", "additionalIdentifiers": [{"id": 1}]}],
        ),
        release(2, contracts=[], parties=[{"id": "P", "additionalIdentifiers": []}]),
        release(3, contracts=[{"id": "C", "items": []}]),
    ]
    found = compiled(steps)
    assert found["contracts"] == [{"id": "C", "items": [{"id": "1", "n": 2}]}]
    assert found["parties"] == [{"id": "P", "additionalIdentifiers": []}]


def test_null_takes_a_list_away_with_all_its_items() -> None:
    steps = [
        release(1, contracts=[{"id": "C", "items": [{"id": "1"}]}, {"id": "D"}]),
        release(2, contracts=[{"id": "C", "items": None}]),
    ]
    assert compiled(steps)["contracts"] == [{"id": "C"}, {"id": "D"}]


def test_releases_in_which_a_member_changes_its_kind_are_not_merged() -> None:
    with pytest.raises(NotMergeable):
        compiled([release(1, tender=[{"id": "1"}]), release(2, tender={"title": "A"})])


@pytest.mark.real_data
def test_the_published_merge_cases_of_1_1_give_their_results(real_data: Path) -> None:
    cases = sorted((real_data / "ocds" / "merge-fixtures" / "1.1").glob("*-compiled.json"))
    assert len(cases) == 8
    for expected in cases:
        steps = json.loads(expected.with_name(expected.name.replace("-compiled", "")).read_text("utf-8"))
        assert compiled(steps) == json.loads(expected.read_text("utf-8")), expected.name
        history = expected.with_name(expected.name.replace("-compiled", "-versioned"))
        assert versioned(steps) == json.loads(history.read_text("utf-8")), history.name
