"""What a fair sample says of the part of all that is so."""

from scipy.stats import beta

__all__ = ["proportion_interval"]


def proportion_interval(n_so: int, n: int, confidence: float) -> tuple[float, float]:
    """Return an interval that holds the true part at least as often as asked for, whatever that part is.

    Parameters
    ----------
    n_so, n : int
        How many of ``n`` draws were so.
    confidence : float in (0, 1)

    Notes
    -----
    Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika
    1934: exact for draws with replacement, and more careful than needed for draws without.

    Examples
    --------
    >>> low, high = proportion_interval(28, 30, 0.95)
    >>> round(low, 2), round(high, 2)
    (0.78, 0.99)
    """
    tail = (1 - confidence) / 2
    low = float(beta.ppf(tail, n_so, n - n_so + 1)) if n_so else 0.0
    high = float(beta.ppf(1 - tail, n_so + 1, n - n_so)) if n_so < n else 1.0
    return low, high
