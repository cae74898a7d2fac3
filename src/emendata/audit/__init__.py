"""The front door: one object that calls the rooms below, in order, and holds their answers."""

from emendata.audit.audit import Audit

__all__ = ["Audit"]
