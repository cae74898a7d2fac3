"""Long work in processes of its own: it can be watched, stopped, and taken up again."""

from emendata.jobs.board import Board
from emendata.jobs.state import ENDED, JobState, Stage

__all__ = ["ENDED", "Board", "JobState", "Stage"]
