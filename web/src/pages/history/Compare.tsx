import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { rowsPath } from "../../app/rowsPath";
import { CodeTwins } from "../../parts/CodeTwins";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { formatCount } from "../../parts/numbers";
import { differenceQuery } from "./differenceQuery";
import classes from "./HistoryPage.module.css";

const NOW = "now";

interface Props {
  project: string;
  names: readonly string[];
}

/** What differs between two checkpoints: decisions, classes and rows. */
export function Compare({ project, names }: Props) {
  const [chosen, setChosen] = useState<{ before?: string; after: string }>({ after: NOW });
  const before = names.find((name) => name === chosen.before) ?? names.at(-1) ?? NOW;
  const { after } = chosen;
  const difference = useQuery(differenceQuery(project, before, after));
  const found = difference.data;
  const classNames = found
    ? [...new Set([...Object.keys(found.classes_before), ...Object.keys(found.classes_after)])]
    : [];

  return (
    <section className={classes.compare} aria-label="Compare two checkpoints">
      <h3>Compare</h3>
      <div className={classes.pair}>
        <NativeSelect
          label="Before"
          value={before}
          data={[...names]}
          onChange={(event) => setChosen({ before: event.currentTarget.value, after })}
        />
        <NativeSelect
          label="After"
          value={after}
          data={[...names, NOW]}
          onChange={(event) => setChosen({ before, after: event.currentTarget.value })}
        />
      </div>
      {difference.error && (
        <ErrorNotice
          title="They could not be compared."
          error={difference.error}
          onRetry={() => void difference.refetch()}
        />
      )}
      {found && (
        <>
          <p role="status">
            {formatCount(found.n_rows)} rows differ; {formatCount(found.n_before)} decisions stood, then{" "}
            {formatCount(found.n_after)}.
          </p>
          {classNames.length > 0 && (
            <table className={classes.table}>
              <caption>Rows by class, as corrected</caption>
              <thead>
                <tr>
                  <th scope="col">class</th>
                  <th scope="col">before</th>
                  <th scope="col">after</th>
                </tr>
              </thead>
              <tbody>
                {classNames.map((name) => (
                  <tr key={name}>
                    <th scope="row">{name || "none"}</th>
                    <td>{formatCount(found.classes_before[name] ?? 0)}</td>
                    <td>{formatCount(found.classes_after[name] ?? 0)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {found.lines.length > 0 && (
            <details>
              <summary>
                The rows that differ{found.n_rows > found.lines.length && ", the first of them"}
              </summary>
              <ul className={classes.rows}>
                {found.lines.map(({ row, given, decision }) => (
                  <li key={row}>
                    <Link to={`${rowsPath(project, [])}&row=${row}`}>Row {formatCount(row)}</Link> {given}
                    {decision?.new != null && ` → ${decision.new}`}
                  </li>
                ))}
              </ul>
            </details>
          )}
          <CodeTwins does="compares these two" code={found.code} />
        </>
      )}
    </section>
  );
}
