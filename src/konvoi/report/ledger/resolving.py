"""Sentences on the effect of open pairs on a total, as the terminal and the web say them."""

RESOLVING = {
    (True, False): (
        "{count} duplicate candidate is under review; resolving it can lower the total to {low} {unit}.",
        "{count} duplicate candidates are under review; resolving them can lower the total to {low} {unit}.",
    ),
    (False, True): (
        "{count} duplicate candidate is under review; resolving it can raise the total to {high} {unit}.",
        "{count} duplicate candidates are under review; resolving them can raise the total to {high} {unit}.",
    ),
    (True, True): (
        "{count} duplicate candidate is under review; the total ranges from {low} to {high} {unit}.",
        "{count} duplicate candidates are under review; the total ranges from {low} to {high} {unit}.",
    ),
}
"""Message ids by effect (lower the total, raise it, or both): for one pair, and for several."""
