import polars as pl
import pyarrow as pa
import pytest

import emendata as em
from emendata.reports import IssueTable


@pytest.fixture(scope="module")
def audit() -> em.Audit:
    kinds = ["small"] * 30 + ["<b>large</b>"] * 30
    sizes = [i % 30 / 10 + (5 if kind != "small" else 0) for i, kind in enumerate(kinds)]
    kinds[7] = "<b>large</b>"
    sizes[40] = 90.0
    return em.Audit({"size": sizes, "kind": kinds}, label="kind", project=False).run()


def test_a_table_of_issues_is_arrow_data_with_a_few_words_of_its_own(audit: em.Audit) -> None:
    issues = audit.issues
    assert pl.DataFrame(issues).height == len(issues) == issues.table.num_rows == len(list(issues))
    labels = issues.of("wrong_label")
    assert labels == issues.of("EM101")
    assert labels["row"].to_pylist() == [7]
    assert labels != issues
    assert len(issues.of("near_duplicate")) == 0
    assert "wrong_label 1" in repr(issues)


def test_a_notebook_shows_the_worst_of_each_check_and_escapes_what_the_data_holds(audit: em.Audit) -> None:
    page = audit.issues._repr_html_()
    assert "wrong_label" in page
    assert "&lt;b&gt;large&lt;/b&gt;" in page
    assert "<b>" not in page
    lines = [
        {**line, "row": row}
        for name in ("outlier", "wrong_label")
        for line in audit.issues.of(name).to_pylist()
        for row in range(1000, 1100)
    ]
    many = IssueTable(pa.Table.from_pylist(lines, audit.issues.table.schema))
    page = many._repr_html_()
    assert page.count("<tr>") == 21
    assert page.count("<td>wrong_label</td>") == 10
    assert f"{len(lines) - 20} more issues" in page


def test_an_audit_shows_its_headline_in_a_notebook_and_nothing_before_it_ran(audit: em.Audit) -> None:
    page = audit._repr_html_()
    assert page is not None
    assert "of 60 labels" in page
    assert "Probably wrong label" in page
    assert "60 rows" in repr(audit)
    waiting = em.Audit({"size": [1.0, 2.0, 3.0]}, project=False)
    assert waiting._repr_html_() is None
    assert "not run yet" in repr(waiting)
