"""Goods have readable ids; ammunition never belongs to the group of its weapon."""

import pytest

from konvoi.intake.kiel.goods import CLASSES, GROUPS, good_of, slug


@pytest.mark.parametrize(
    ("item", "kind", "class_", "good", "unit"),
    [
        ("T-0 tank", "Heavy weapon", "Main Battle Tank (MBT)", "tank", "piece"),
        ("launcher", "Heavy weapon", "MANPADS ", "manpads", "piece"),
        ("round", "Ammunition for heavy weapon", "105mm", "ammunition-howitzer-105mm", "piece"),
        ("rocket", "Ammunition for heavy weapon", "300mm MLRS ammunition", "ammunition-300mm-mlrs", "piece"),
        ("rocket", "Ammunition for heavy weapon", "300mm MLRS", "ammunition-300mm-mlrs", "piece"),
        ("rocket", ".", "300mm MLRS ammunition", "ammunition-300mm-mlrs", "piece"),
        ("ton of coal", "Humanitarian", ".", "coal", "t"),
        ("liter of fuel H", "Humanitarian", ".", "fuel", "l"),
        ("helmet Austria", "Military equipment", ".", "helmet", "piece"),
        ("refit", "Heavy weapon", "Other", "refit", "piece"),
        ("uniform", "0", "0", "uniform", "piece"),
        ("???", ".", ".", "unnamed", "piece"),
    ],
)
def test_a_good_is_named_by_its_class_else_by_its_own_name(
    item: str, kind: str, class_: str, good: str, unit: str
) -> None:
    assert good_of(item, kind, class_) == (good, unit)


@pytest.mark.parametrize("group", sorted(set(GROUPS.values())))
def test_no_ammunition_is_in_a_group_of_weapons(group: str) -> None:
    in_group = [good for good in CLASSES.values() if good == group or good.startswith(f"{group}-")]
    assert in_group
    assert not any("ammunition" in good for good in in_group)


def test_ids_are_folded_and_unique_by_class() -> None:
    assert len(set(CLASSES.values())) == len(CLASSES)
    assert all(slug(good) == good for good in CLASSES.values())
