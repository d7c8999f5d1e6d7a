"""Bundles between two workspaces with random markings: equal views for the receiver, nothing beyond them."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.flow.federation.exchanges import DOCUMENTS, MARKINGS, OTHERS, Exchange, wrong

EXAMPLES = {12: 4, 100: 20}.get(settings().max_examples, 100)
"""Exchanges: few every day, 20 in CI, 100 with KONVOI_SLOW=all: each takes seconds."""

marks = st.lists(st.sampled_from(MARKINGS), min_size=2, max_size=6)
exchanges = st.builds(Exchange, marks, marks, marks, st.sampled_from(DOCUMENTS), st.sampled_from(OTHERS))


@pytest.mark.slow
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(exchanges)
def test_the_receiver_sees_the_same_in_both_workspaces_and_nothing_more(one: Exchange) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert list(wrong(one, Path(folder))) == []
