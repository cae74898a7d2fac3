"""Where and with what a result was measured."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

__all__ = ["environment", "memory"]

_PACKAGES = ("emendata", "numpy", "scipy", "scikit-learn", "pyarrow")


def environment(*more: str) -> dict[str, object]:
    """Date, machine and package versions, for the head of a results file."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "packages": {name: version(name) for name in (*_PACKAGES, *more)},
    }


def memory(what: Literal["VmRSS", "VmHWM"]) -> int:
    """Bytes that Linux says this process holds, or held at its peak."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(what))
