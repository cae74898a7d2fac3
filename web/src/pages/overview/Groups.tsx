import { formatCount, formatShare } from "../../parts/numbers";
import { SortableTable } from "../../parts/SortableTable";
import { RowsLink } from "./RowsLink";
import { Section } from "./Section";
import type { GroupTable } from "./types";

const TITLES: Record<string, string> = { group: "Sources", annotator: "Annotators" };

/** Flagged rows by split, source or annotator. */
export function Groups({ project, table }: { project: string; table: GroupTable }) {
  const { field, title, role, n_values, groups } = table;
  const nameOf = (value: string) => value || "none";
  return (
    <Section title={role === "split" ? "Splits" : `${TITLES[role] ?? "Groups"}: ${title}`}>
      <SortableTable
        caption={
          n_values > groups.length
            ? `The ${formatCount(groups.length)} values with most flagged rows, of ${formatCount(n_values)}.`
            : "Rows in which a check found an error."
        }
        noun="values"
        rows={groups}
        keyOf={({ value }) => value}
        sortedBy={2}
        columns={[
          { title, value: ({ value }) => nameOf(value) },
          {
            title: "Rows",
            isNumber: true,
            value: ({ n_rows }) => n_rows,
            show: ({ value, n_rows }) => (
              <RowsLink
                project={project}
                n={n_rows}
                where={[`${field}=${value}`]}
                of={`rows of ${nameOf(value)}`}
              />
            ),
          },
          {
            title: "Flagged",
            isNumber: true,
            value: ({ n_flagged }) => n_flagged,
            show: ({ value, n_flagged }) => (
              <RowsLink
                project={project}
                n={n_flagged}
                where={[`${field}=${value}`, "flagged=yes"]}
                of={`flagged rows of ${nameOf(value)}`}
              />
            ),
          },
          {
            title: "Part",
            isNumber: true,
            value: ({ n_flagged, n_rows }) => n_flagged / Math.max(n_rows, 1),
            show: ({ n_flagged, n_rows }) => formatShare(n_flagged / Math.max(n_rows, 1)),
          },
          {
            title: "Open",
            isNumber: true,
            value: ({ n_open }) => n_open,
            show: ({ value, n_open }) => (
              <RowsLink
                project={project}
                n={n_open}
                where={[`${field}=${value}`, "flagged=yes", "decision=open"]}
                of={`open rows of ${nameOf(value)}`}
              />
            ),
          },
        ]}
      />
    </Section>
  );
}
