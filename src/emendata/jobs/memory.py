"""How much memory a process takes."""

import sys

__all__ = ["peak_memory"]


def peak_memory() -> int:
    """Return the most bytes that this process has held at once, 0 where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)
