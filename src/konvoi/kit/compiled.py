"""Functions on arrays, compiled to machine code when they are first called, and kept for the next start."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile a function on arrays, numbers and named tuples of them; sums keep their order."""
    return cast(F, numba.njit(cache=True, nogil=True)(function))


def inner(function: F) -> F:
    """Compile a function that only compiled functions call: it takes less time to compile."""
    unwrapped: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast(F, numba.njit(cache=True, nogil=True, **unwrapped)(function))


def inlined(function: F) -> F:
    """Compile a function inline at each call: for short work on arrays that come as a large tuple.

    Passing such a tuple copies it, and inlined code runs for many places of an array at once.
    """
    unwrapped: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast(F, numba.njit(cache=True, nogil=True, forceinline=True, **unwrapped)(function))
