"""Acts are cited by number with a link; what is not declared stays as the list writes it."""

from pathlib import Path

import pytest
from tests.align.lists import BY_NAME
from tests.align.test_matrix import FREEZE, given_, listing, lists

from konvoi.align.acts import AUTHORITIES, Theme
from konvoi.align.citing import (
    citation_text,
    citations,
    cited,
    programmes,
    short_text,
    terrorism_alone,
    theme,
)


def test_an_act_of_the_union_is_cited_as_such_in_a_member_state() -> None:
    assert citation_text("pl", "32014R0269") == "Council Regulation (EU) No 269/2014"
    assert citation_text("pl", "Ustawa 1/2022") == "“Ustawa 1/2022”"


@pytest.mark.parametrize(
    ("regime", "tag", "citation", "link"),
    [
        (
            "eu",
            "32014R0269",
            "Council Regulation (EU) No 269/2014",
            "http://data.europa.eu/eli/reg/2014/269/oj",
        ),
        (
            "eu",
            "32009R1284",
            "Council Regulation (EU) No 1284/2009",
            "http://data.europa.eu/eli/reg/2009/1284/oj",
        ),
        (
            "uk",
            "UK regime Russia",
            "The Russia (Sanctions) (EU Exit) Regulations 2019 (S.I. 2019/855)",
            "https://www.legislation.gov.uk/uksi/2019/855",
        ),
        (
            "uk",
            "The Russia (Sanctions) (EU Exit) Regulations 2019",
            "The Russia (Sanctions) (EU Exit) Regulations 2019 (S.I. 2019/855)",
            "https://www.legislation.gov.uk/uksi/2019/855",
        ),
        (
            "us",
            "RUSSIA-EO14024",
            "Executive Order 14024",
            "https://www.govinfo.gov/link/cpd/executiveorder/14024",
        ),
        (
            "un",
            "S/RES/1970 (2011)",
            "United Nations Security Council resolution 1970 (2011)",
            "https://undocs.org/S/RES/1970(2011)",
        ),
        (
            "ua",
            "decree 203-2021",
            "Decree of the President of Ukraine No. 203/2021",
            "https://zakon.rada.gov.ua/laws/show/203/2021",
        ),
        (
            "ca",
            "Russia / Russie, Schedule 1, Part 2, item 129",
            "Special Economic Measures (Russia) Regulations (SOR/2014-58), Schedule 1, Part 2, item 129",
            "https://laws-lois.justice.gc.ca/eng/regulations/SOR-2014-58/",
        ),
        (
            "au",
            "Autonomous (Ukraine)",
            "Autonomous Sanctions Regulations 2011 (F2011L02673)",
            "https://www.legislation.gov.au/F2011L02673/latest",
        ),
    ],
)
def test_an_act_is_cited_by_title_number_and_link(regime: str, tag: str, citation: str, link: str) -> None:
    (one,) = cited(regime, tag)
    assert one.act is not None
    assert (one.text, one.act.link) == (citation, link)


def test_an_amending_act_is_cited_by_its_number_alone() -> None:
    """A CELEX number does not say whose act it is, nor its day."""
    assert citation_text("eu", "32026R1843") == "Regulation (EU) 2026/1843"
    assert citation_text("eu", "2022/265 (OJ L42I)") == "Regulation (EU) 2022/265"
    assert citation_text("eu", "924/2004 (OJ L163)") == "Regulation (EC) No 924/2004"
    assert citation_text("eu", "2008/475/EC (OJ L163)") == "“2008/475/EC (OJ L163)”"


def test_a_tag_that_is_not_declared_stays_as_the_list_writes_it() -> None:
    assert citation_text("us", "PEESA; RUSSIA-EO14024") == "“PEESA”; Executive Order 14024"
    assert citation_text("zz", "Law 5") == short_text("zz", "Law 5") == "“Law 5”"
    assert citation_text("uk", "") == ""


def test_an_act_that_was_not_compared_with_the_published_text_is_marked() -> None:
    assert citation_text("us", "LIBYA2") == short_text("us", "LIBYA2") == "Executive Order 13566 *"


def test_themes_are_one_vocabulary_over_regimes() -> None:
    russia = Theme.RUSSIA.value
    assert (
        theme("eu", "EU-UKR")
        == theme("eu", "UKR")
        == theme("uk", "Russia")
        == theme("ca", "Ukraine")
        == russia
    )
    assert theme("ua", "203-2021") == theme("zz", "Anything") == ""


def test_every_act_has_a_link_and_a_regime_that_is_read() -> None:
    assert {one.regime for one in AUTHORITIES} <= set(BY_NAME)
    acts = [(one.regime, tag, act) for one in AUTHORITIES for tag, act in one.acts.items()]
    assert [tag for _, tag, act in acts if not act.link.startswith("http")] == []
    assert [tag for _, tag, act in acts if act.first and act.last and act.last < act.first] == []


def test_a_regime_of_terrorism_alone_is_known_by_its_programmes() -> None:
    found = lists(
        listing("uk:a", given_(FREEZE, "2030-01-01", act="UK regime Counter-Terrorism (Domestic)")),
        listing("us:a", given_(FREEZE, "2030-01-01", act="SDGT")),
        listing("us:b", given_(FREEZE, "2030-01-01", act="SDGT; RUSSIA-EO14024")),
    )
    told = programmes(found)
    assert told.select("listing", "programme", "theme").rows() == [
        ("uk:a", "Counter-Terrorism (Domestic)", "terrorism"),
        ("us:a", "SDGT", "terrorism"),
        ("us:b", "RUSSIA-EO14024", "Russia and Ukraine"),
        ("us:b", "SDGT", "terrorism"),
    ]
    assert terrorism_alone(told) == {"uk"}
    assert citations(found).filter(listing="us:b")["tag"].to_list() == ["RUSSIA-EO14024", "SDGT"]


@pytest.mark.real_data
@pytest.mark.slow
def test_nearly_every_tag_of_the_real_lists_has_an_act(real_data: Path, tmp_path: Path) -> None:
    """Only programmes of which no act was verified stay as the lists write them."""
    from datetime import date

    from tests.flow.test_sanctions_real import laid_out

    from konvoi.flow.sanctions.list_comparison import sanctions

    laid_out(real_data / "sanctions", tmp_path / "lists")
    found = sanctions(tmp_path, on=date(2022, 5, 4))
    lacking = found.citations.filter(~found.citations["known"]).select("regime", "tag").unique()
    assert sorted(lacking.rows()) == [
        ("au", "Mali"),
        *(("us", tag) for tag in ("ILLICIT-DRUGS-EO", "IRAN-TRA", "IRGC", "ISA", "PEESA", "SSIDES")),
        ("us", "SYRIA-CAESAR"),
    ]
