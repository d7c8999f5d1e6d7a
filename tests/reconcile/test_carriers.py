"""Who receives is known by whatever name: legal forms, brackets, scripts, initials, a slip of a letter."""

from konvoi.reconcile.carriers import carriers, keys, named

KNOWN = named(
    [("X-1", "Harbour Relief Ltd"), ("X-1", "Harbour Relief"), ("X-2", "Hope Relief"), ("X-3", "WFP")]
)


def meant(name: str) -> tuple[str, ...]:
    return carriers([name], KNOWN)[name]


def test_legal_forms_capitals_and_brackets_tell_nothing() -> None:
    assert meant("HARBOUR RELIEF, LTD") == ("X-1",)
    assert meant("Harbour Relief Sp. z o.o.") == ("X-1",)


def test_an_agency_is_known_in_several_languages_and_by_its_acronym() -> None:
    for name in ("World Food Programme (WFP)", "Всесвітня продовольча програма", "Welternährungsprogramm"):
        assert meant(name) == ("X-3",)


def test_another_script_makes_no_other_name() -> None:
    assert keys("Харбоур Реліеф")[0] == keys("Harbour Relief")[0]


def test_an_initial_may_be_several_and_a_slip_of_a_letter_is_seen_through() -> None:
    assert meant("H. Relief") == ("X-1", "X-2")
    assert meant("Harobur Relief") == ("X-1",)


def test_a_number_means_who_reports_under_it_and_a_strange_name_itself() -> None:
    assert meant("X-2") == ("X-2",)
    assert meant("Willow Works") == (keys("Willow Works")[0],)
    assert carriers([""], KNOWN) == {"": ()}
