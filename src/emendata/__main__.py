"""``python -m emendata`` is the command line."""

from emendata.cli import main

main()
