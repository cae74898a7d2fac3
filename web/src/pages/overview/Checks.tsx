import { formatCount } from "../../parts/numbers";
import { SortableTable, type TableColumn } from "../../parts/SortableTable";
import classes from "./OverviewPage.module.css";
import { RowsLink } from "./RowsLink";
import { Section } from "./Section";
import type { CheckOut, Overview } from "./types";

const STATUS: Record<string, string> = {
  found: "found something",
  passed: "nothing found",
  failed: "failed",
  not_applicable: "does not apply",
};

/** What each check found; then those that failed, found nothing, or do not apply, and why. */
export function Checks({ project, overview: { checks } }: { project: string; overview: Overview }) {
  const found = checks.filter(({ status }) => status === "found");
  const failed = checks.filter(({ status }) => status === "failed");
  const others = checks.filter(({ status }) => status !== "found" && status !== "failed");
  const nPassed = others.filter(({ status }) => status === "passed").length;
  return (
    <Section
      title="Checks"
      lead={
        `${formatCount(found.length)} of ${formatCount(checks.length)} checks found something, ` +
        `${formatCount(nPassed)} found nothing, ${formatCount(others.length - nPassed)} do not apply` +
        (failed.length ? `, ${formatCount(failed.length)} failed.` : ".")
      }
    >
      {failed.map(({ code, title, message }) => (
        <p key={code} role="note">
          <span className={classes.failed}>Failed: </span>
          {code} {title}. {message} Nothing is known of what it looks for.
        </p>
      ))}
      <SortableTable
        caption="Errors first, then tips, which are no errors."
        noun="checks"
        rows={found.toSorted((a, b) => rank(a) - rank(b) || b.n_flagged - a.n_flagged)}
        keyOf={({ code }) => code}
        most={20}
        columns={[TITLE, flagged(project), SEVERITY, REMARKS]}
      />
      {others.length > 0 && (
        <details>
          <summary>{formatCount(others.length)} checks that found nothing or do not apply</summary>
          <SortableTable
            caption="Why a check does not apply is said beside it."
            noun="checks"
            rows={others}
            keyOf={({ code }) => code}
            most={200}
            columns={[TITLE, { title: "Result", value: ({ status }) => STATUS[status] ?? status }, MESSAGE]}
          />
        </details>
      )}
    </Section>
  );
}

const rank = ({ severity }: CheckOut) => (severity === "issue" ? 0 : 1);

const TITLE: TableColumn<CheckOut> = { title: "Check", value: ({ code, title }) => `${title} (${code})` };
const SEVERITY: TableColumn<CheckOut> = {
  title: "Kind",
  value: ({ severity }) => (severity === "issue" ? "error" : "tip"),
};
const MESSAGE: TableColumn<CheckOut> = {
  title: "Why",
  value: ({ message }) => message,
  show: ({ message }) => <span className={classes.message}>{message || "–"}</span>,
};
const REMARKS: TableColumn<CheckOut> = {
  title: "Remarks",
  value: ({ remarks }) => remarks.length,
  show: ({ remarks }) =>
    remarks.length === 0 ? (
      "–"
    ) : remarks.length === 1 ? (
      <div className={classes.message}>{remarks[0]}</div>
    ) : (
      <details className={classes.message}>
        <summary>{formatCount(remarks.length)} remarks</summary>
        <ul>
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      </details>
    ),
};

function flagged(project: string): TableColumn<CheckOut> {
  return {
    title: "Rows",
    isNumber: true,
    value: ({ n_flagged }) => n_flagged,
    show: ({ name, title, n_flagged }) => (
      <RowsLink project={project} n={n_flagged} where={[`check=${name}`]} of={`rows: ${title}`} />
    ),
  };
}
