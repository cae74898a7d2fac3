import { Checkbox, Radio, Stack } from "@mantine/core";
import { Certified } from "./Certified";
import classes from "./ExportPage.module.css";
import { CERTIFIED, OWN, type ExportIn, type ExportPlan, type RowChoice } from "./types";

interface Props {
  project: string;
  plan: ExportPlan;
  chosen: ExportIn;
  where: readonly string[];
  onChoose: (change: Partial<ExportIn>) => void;
  onAllRows: () => void;
}

const ROWS: Record<RowChoice, string> = {
  kept: "All that are not excluded",
  all: "All, with a column that says which are excluded",
  changed: "Changed rows only",
};

/** The format, rows and columns of an export. */
export function Choices({ project, plan, chosen, where, onChoose, onAllRows }: Props) {
  const isOwn = chosen.file_format === OWN;
  return (
    <div className={classes.choices}>
      <Radio.Group
        label="Format"
        description={plan.why_not_own || undefined}
        value={chosen.file_format}
        onChange={(file_format) => onChoose({ file_format })}
      >
        <Stack gap="xs" mt="xs">
          {plan.formats.map(({ name, title, is_own }) => (
            <Radio
              key={name}
              value={name}
              label={is_own ? `${title}, as it came` : title}
              description={is_own ? "All else stays as it is, byte for byte in text files." : undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group
        label="Rows"
        description={isOwn ? "The format that it came in holds all rows that are not excluded." : undefined}
        value={isOwn ? "kept" : chosen.rows}
        onChange={(rows) => onChoose({ rows: rows })}
      >
        <Stack gap="xs" mt="xs">
          {(Object.keys(ROWS) as RowChoice[]).map((rows) => (
            <Radio key={rows} value={rows} label={ROWS[rows]} disabled={isOwn} />
          ))}
          {where.length > 0 && !isOwn && (
            <Checkbox checked label={`Only rows with ${where.join(" and ")}`} onChange={onAllRows} />
          )}
        </Stack>
      </Radio.Group>
      <fieldset className={classes.fieldset}>
        <legend>Columns</legend>
        <Stack gap="xs" mt="xs">
          <Checkbox checked disabled label="Those of the original" />
          <Checkbox
            label="What checks found"
            description="Scores and flags of each check, and the label that the models say"
            disabled={isOwn}
            checked={!isOwn && chosen.findings}
            onChange={(event) => onChoose({ findings: event.currentTarget.checked })}
          />
          <Checkbox
            label="What was decided"
            description="Old and new value, by whom, when and why"
            disabled={isOwn}
            checked={!isOwn && chosen.decisions}
            onChange={(event) => onChoose({ decisions: event.currentTarget.checked })}
          />
        </Stack>
      </fieldset>
      <fieldset className={classes.fieldset}>
        <legend>Also</legend>
        <Stack gap="xs" mt="xs">
          <Checkbox
            label="Neutralise spreadsheet formulas"
            description="A quote before cells of CSV that begin with = + - or @, so that no program runs them. The format that it came in stays as it is."
            checked={chosen.neutralise}
            onChange={(event) => onChoose({ neutralise: event.currentTarget.checked })}
          />
          <Checkbox
            label="Make certified label changes as well"
            description={`Those of which the reviewed sample proves that ${CERTIFIED * 100} % are right`}
            checked={chosen.certified != null}
            onChange={(event) => onChoose({ certified: event.currentTarget.checked ? CERTIFIED : null })}
          />
          {chosen.certified != null && <Certified project={project} />}
        </Stack>
      </fieldset>
    </div>
  );
}
