import { formatCount } from "../../parts/numbers";
import { SortableTable } from "../../parts/SortableTable";
import { countColumns } from "./countColumns";
import { Section } from "./Section";
import type { GroupOut, GroupTable } from "./types";

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
          ...countColumns<GroupOut>({
            project,
            nameOf: ({ value }) => nameOf(value),
            whereOf: ({ value }) => `${field}=${value}`,
            flagged: { where: "flagged=yes", noun: "rows" },
          }),
        ]}
      />
    </Section>
  );
}
