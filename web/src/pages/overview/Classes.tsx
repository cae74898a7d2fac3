import { TextInput } from "@mantine/core";
import { useState } from "react";
import { formatNumber } from "../../parts/numbers";
import { SortableTable } from "../../parts/SortableTable";
import { countColumns } from "./countColumns";
import { Section } from "./Section";
import type { ClassOut, Overview } from "./types";

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
          ...countColumns<ClassOut>({
            project,
            nameOf: ({ name }) => name,
            whereOf: ({ name }) => `given=${name}`,
            flagged: { where: "check=wrong_label", noun: "labels" },
          }),
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
