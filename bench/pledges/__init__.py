"""Records of a coalition made up from a seed, with the truth of which speak of the same."""

from bench.pledges.generate import generate
from bench.pledges.lexicon import SEEDS, split_of

__all__ = ["SEEDS", "generate", "split_of"]
