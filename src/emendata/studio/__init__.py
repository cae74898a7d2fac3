"""The Studio: a web app on one's own machine, over the jobs and the audit."""

from emendata.studio.serve import serve

__all__ = ["serve"]
