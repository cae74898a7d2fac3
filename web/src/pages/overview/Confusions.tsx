import { formatCount } from "../../parts/numbers";
import { Correction } from "../../parts/Correction";
import { SortableTable } from "../../parts/SortableTable";
import { ConfusionMatrix } from "./ConfusionMatrix";
import classes from "./OverviewPage.module.css";
import { RowsLink } from "./RowsLink";
import { Section } from "./Section";
import type { Overview } from "./types";

/** What is given where something else is suggested: as a matrix, and as a list. */
export function Confusions({
  project,
  overview: { flows, n_flows, classes: all },
}: {
  project: string;
  overview: Overview;
}) {
  if (!flows.length) return null;
  return (
    <Section title="Given and suggested labels">
      <div className={classes.sides}>
        <ConfusionMatrix
          project={project}
          flows={flows}
          nAll={all.reduce((sum, { n_flagged }) => sum + n_flagged, 0)}
        />
        <SortableTable
          caption={
            n_flows > flows.length
              ? `The ${formatCount(flows.length)} pairs with most rows, of ${formatCount(n_flows)}.`
              : "All pairs, those with most rows first."
          }
          noun="pairs"
          rows={flows}
          keyOf={({ given, suggested }) => JSON.stringify([given, suggested])}
          sortedBy={1}
          columns={[
            {
              title: "Given, suggested",
              value: ({ given, suggested }) => `${given} ${suggested}`,
              show: ({ given, suggested }) => <Correction given={given} suggested={suggested} />,
            },
            {
              title: "Rows",
              isNumber: true,
              value: ({ n_rows }) => n_rows,
              show: ({ given, suggested, n_rows }) => (
                <RowsLink
                  project={project}
                  n={n_rows}
                  of={`rows from ${given} to ${suggested}`}
                  where={[`given=${given}`, `suggested=${suggested}`, "check=wrong_label"]}
                />
              ),
            },
          ]}
        />
      </div>
    </Section>
  );
}
