"""The Netherlands: the list of terrorism, a sheet; no real file was at hand."""

from tests.align.lists import read_sample

from konvoi.align.listing import Kind
from konvoi.align.member_states import TERRORISM


def test_who_has_no_first_name_is_an_organisation_and_has_no_birth() -> None:
    found = {one.name: one for one in read_sample("nl").listings}
    assert (found["Ivan Sample"].kind, found["Sample Foundation"].kind) == (Kind.PERSON, Kind.ENTITY)
    assert found["Sample Foundation"].births == ()
    assert [str(b.days and b.days.first) for b in found["Ivan Sample"].births] == ["1972-11-26"]


def test_the_list_is_named_so_that_it_opens_no_gap() -> None:
    assert {one.list for one in read_sample("nl").listings} == {TERRORISM}
