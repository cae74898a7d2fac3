"""The outcome of a gate as JUnit XML, which every CI server reads."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from emendata.gate.judge import Judgement

__all__ = ["junit_xml"]

_SHOWN = 20
_NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\N{REPLACEMENT CHARACTER}")


def junit_xml(name: str, judgements: Sequence[Judgement], *, undecided_fails: bool = False) -> str:
    """Return one test case for each limit; what is undecided is skipped, or fails where this is wanted.

    Examples
    --------
    >>> from emendata.gate.limits import Limit
    >>> kept = Judgement(Limit("outlier", count=3), "passed", 1, 1, 50, "", ())
    >>> print(junit_xml("pets.csv", [kept]).splitlines()[1])
    <testsuites><testsuite name="emendata gate pets.csv" tests="1" failures="0" skipped="0">...
    """
    bad = ("failed", "undecided") if undecided_fails else ("failed",)
    suite = ET.Element("testsuite", name=_text(f"emendata gate {name}"), tests=str(len(judgements)))
    suite.set("failures", str(sum(one.verdict in bad for one in judgements)))
    suite.set("skipped", str(sum(one.verdict not in ("passed", *bad) for one in judgements)))
    for one in judgements:
        case = ET.SubElement(suite, "testcase", classname="emendata.gate", name=_text(one.limit.name))
        said = _text(f"{one.found}, at most {one.limit.words}. {one.message}".strip())
        if one.verdict in bad:
            failure = ET.SubElement(case, "failure", message=said)
            failure.text = _text(
                "\n".join(f"row {issue.row}: {issue.reason}" for issue in one.issues[:_SHOWN])
            )
        elif one.verdict != "passed":
            ET.SubElement(case, "skipped", message=said)
    suites = ET.Element("testsuites")
    suites.append(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _text(value: str) -> str:
    """Return text without the characters that XML has no place for."""
    return value.translate(_NO_XML)
