import { NativeSelect } from "@mantine/core";
import { formatCount } from "../../parts/numbers";
import type { Preview, Role } from "./choices";
import classes from "./PreviewTable.module.css";

const ROLES: Record<Role, string> = {
  label: "label",
  text: "text",
  image: "image",
  audio: "sound",
  number: "number",
  category: "category",
  date: "date",
  id: "id",
  split: "split: train or test",
  group: "group or source",
  time: "time, for its order",
  annotator: "annotator",
  weight: "weight",
  probability: "probability",
  embedding: "embedding",
  ignore: "ignore",
};

interface Props {
  preview: Preview;
  onRole: (column: string, role: Role) => void;
}

/** The first rows; at the head of each column is what it is taken for, to be changed there. */
export function PreviewTable({ preview: { columns, rows, n_rows, n_columns }, onRole }: Props) {
  const left = n_columns - columns.length;
  return (
    <section aria-labelledby="columns">
      <h2 id="columns" className={classes.heading}>
        Columns
      </h2>
      <p className={classes.lead}>
        {`The first ${formatCount(rows.length)} of ${formatCount(n_rows)} rows. `}
        {left > 0 && `${formatCount(left)} more columns are used but not shown. `}
        What a column is taken for can be changed at its head.
      </p>
      {/* A region that scrolls has to be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.scroll} role="region" aria-labelledby="columns" tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map(({ name, role, reason, n_missing, n_distinct }) => (
                <th key={name} scope="col" data-role={role}>
                  <span className={classes.name} title={name}>
                    {name}
                  </span>
                  <NativeSelect
                    size="xs"
                    aria-label={`Role of ${name}`}
                    title={reason}
                    value={role}
                    data={Object.entries(ROLES).map(([value, label]) => ({ value, label }))}
                    onChange={({ currentTarget: { value } }) => onRole(name, value as Role)}
                  />
                  <span className={classes.counts}>
                    {formatCount(n_distinct)} values
                    {n_missing > 0 && `, ${formatCount(n_missing)} missing`}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              <tr key={row}>
                {columns.map(({ name, role }, column) => (
                  <td key={name} data-role={role}>
                    {cells[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
