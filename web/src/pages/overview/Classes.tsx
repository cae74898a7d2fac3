import { TextInput } from "@mantine/core";
import { useState } from "react";
import { formatNumber, formatShare } from "../../parts/numbers";
import { SortableTable } from "../../parts/SortableTable";
import { RowsLink } from "./RowsLink";
import { Section } from "./Section";
import type { Overview } from "./types";

const MANY = 12;

/** Each class: how many of its labels are flagged, and what is suggested instead. */
export function Classes({ project, overview: { classes } }: { project: string; overview: Overview }) {
  const [sought, setSought] = useState("");
  if (!classes.length) return null;
  const found = classes.filter(({ name }) => name.toLowerCase().includes(sought.toLowerCase()));
  return (
    <Section title="Classes">
      {classes.length > MANY && (
        <TextInput
          label="Find a class"
          size="sm"
          maw="20rem"
          mb="sm"
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      )}
      <SortableTable
        caption="Labels that look wrong, by given class. A low score is bad."
        noun="classes"
        rows={found}
        keyOf={({ name }) => name}
        sortedBy={2}
        most={MANY}
        columns={[
          { title: "Class", value: ({ name }) => name },
          {
            title: "Rows",
            isNumber: true,
            value: ({ n_rows }) => n_rows,
            show: ({ name, n_rows }) => (
              <RowsLink project={project} n={n_rows} where={[`given=${name}`]} of={`rows of ${name}`} />
            ),
          },
          {
            title: "Flagged",
            isNumber: true,
            value: ({ n_flagged }) => n_flagged,
            show: ({ name, n_flagged }) => (
              <RowsLink
                project={project}
                n={n_flagged}
                where={[`given=${name}`, "check=wrong_label"]}
                of={`flagged labels of ${name}`}
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
            show: ({ name, n_open }) => (
              <RowsLink
                project={project}
                n={n_open}
                where={[`given=${name}`, "check=wrong_label", "decision=open"]}
                of={`open labels of ${name}`}
              />
            ),
          },
          {
            title: "Mean score",
            isNumber: true,
            value: ({ mean_score }) => mean_score,
            show: ({ mean_score }) => (mean_score === null ? "–" : formatNumber(mean_score)),
          },
          { title: "Most suggested", value: ({ most_suggested }) => most_suggested },
        ]}
      />
    </Section>
  );
}
