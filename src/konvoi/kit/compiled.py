"""Functions on arrays, compiled to machine code when they are first called, and kept for the next start."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile a function on arrays, numbers and named tuples of them; sums keep their order."""
    return cast(F, numba.njit(cache=True, nogil=True)(function))
