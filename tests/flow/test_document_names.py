"""A document has a free name when it is imported; others see the name that it has without hidden ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.flow.document_names import free, free_folder, names_without_others


def imported(batches: list[tuple[str, ...]]) -> list[list[str]]:
    """Return the names of batches of files of one party that are imported one after the other."""
    taken: set[str] = set()
    found = []
    for batch in batches:
        if "konvoi.csv" in batch:
            folder = free_folder("KE", batch, taken)
            names = [f"{folder}/{one}" for one in batch]
        else:
            names = []
            for one in batch:
                names.append(free(f"KE/{one}", {*taken, *names}))
        taken |= set(names)
        found.append(names)
    return found


BATCHES = st.lists(
    st.sampled_from(
        [
            ("konvoi.csv", "packages.csv"),
            ("konvoi.csv", "lines.csv", "packages.csv"),
            ("a.xlsx",),
            ("b.xlsx",),
        ]
    ),
    max_size=6,
)


@given(BATCHES, st.data())
def test_names_do_not_depend_on_documents_that_are_not_there(
    batches: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """Of the same documents, imported with and without others between them, the names shown are the same."""
    seen = data.draw(st.lists(st.booleans(), min_size=len(batches), max_size=len(batches)))
    among = [names for names, one in zip(imported(batches), seen, strict=True) if one]
    alone = imported([batch for batch, one in zip(batches, seen, strict=True) if one])
    shown = names_without_others(name for names in among for name in names)
    wanted = names_without_others(name for names in alone for name in names)
    assert [[shown[name] for name in names] for names in among] == [
        [wanted[name] for name in names] for names in alone
    ]
    assert len(set(shown.values())) == len(shown)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("KE/v2/konvoi.csv", "KE/v2/packages.csv"), ("KE/konvoi.csv", "KE/packages.csv")),
        (("KE/a.xlsx", "KE/v3/a.xlsx"), ("KE/a.xlsx", "KE/v2/a.xlsx")),
        (("KE/v2/a.xlsx", "KE/b.xlsx"), ("KE/a.xlsx", "KE/b.xlsx")),
        (("rates.csv", "UY/v2x/a.csv"), ("rates.csv", "UY/v2x/a.csv")),
    ],
)
def test_a_version_is_counted_among_those_shown(names: tuple[str, ...], shown: tuple[str, ...]) -> None:
    assert tuple(names_without_others(names)[one] for one in names) == shown
