import { formatShare } from "../../parts/numbers";
import { SortableTable } from "../../parts/SortableTable";
import classes from "./OverviewPage.module.css";
import { Section } from "./Section";
import type { Overview } from "./types";

/** The models behind the findings, and what should be known about them. */
export function HowFound({ overview: { models, notes } }: { overview: Overview }) {
  if (!models.length && !notes.length) return null;
  return (
    <Section title="How this was found">
      {models.length > 0 && (
        <SortableTable
          caption="Models, on rows that they had not seen: how often each says what the label says."
          noun="models"
          rows={models}
          keyOf={({ title }) => title}
          columns={[
            { title: "Model", value: ({ title }) => title },
            {
              title: "Agrees",
              isNumber: true,
              value: ({ accuracy }) => accuracy,
              show: ({ accuracy }) => formatShare(accuracy),
            },
            {
              title: "Weight",
              isNumber: true,
              value: ({ weight }) => weight,
              show: ({ weight }) => formatShare(weight),
            },
          ]}
        />
      )}
      {notes.length > 0 && (
        <ul className={classes.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
