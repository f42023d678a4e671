"""How sure one can be of what was counted in a few cases: of a share of a study's cities or of those who answered a survey, or of a
number of things that happened."""

from math import sqrt


def wilson(cases: float, base: float) -> tuple[float, float]:
    """Between which shares the true one lies with 95% certainty, where `cases` of `base` were seen (Wilson, 1927); 0 to 1.

    It says what chance alone can do to a simple random sample. A sample of volunteers may be further off than that.
    """
    z = 1.959964
    share, spread = cases / base, z**2 / base
    middle = (share + spread / 2) / (1 + spread)
    reach = z * sqrt(share * (1 - share) / base + spread / (4 * base)) / (1 + spread)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def byar(cases: float) -> tuple[float, float]:
    """Between which numbers the expected one lies with 95% certainty, where `cases` happened independently of each other.

    Byar's approximation to the exact limits of a Poisson count (Breslow and Day, 1987, section 2.3).
    """
    z, more = 1.959964, cases + 1
    low = cases * (1 - 1 / (9 * cases) - z / (3 * sqrt(cases))) ** 3 if cases else 0.0
    return max(low, 0.0), more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
