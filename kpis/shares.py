"""How sure one can be of a share that was counted in a few cases: of a study's cities, or of those who answered a survey."""

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
