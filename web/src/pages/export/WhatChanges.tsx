import { Link } from "react-router";
import { rowsPath } from "../../app/rowsPath";
import { Correction } from "../../parts/Correction";
import { formatCount } from "../../parts/numbers";
import { SortableTable } from "../../parts/SortableTable";
import { StatNumber } from "../../parts/StatNumber";
import classes from "./ExportPage.module.css";
import type { ExportPlan } from "./types";

const counted = (n: number, what: string) => `${formatCount(n)} ${what}${n === 1 ? "" : "s"}`;

/** How many rows change and go, and the first changes. */
export function WhatChanges({ project, plan }: { project: string; plan: ExportPlan }) {
  const { n_rows, n_changed, n_excluded, n_decided, n_gone, n_changed_since, changes, counts } = plan;
  const n = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return (
    <>
      <ul className={classes.numbers} aria-label="What changes">
        <li>
          <StatNumber
            value={formatCount(n_changed)}
            label={`of ${counted(n_rows, "row")} changed`}
            to={rowsPath(project, ["decision=relabel", "decision=set_cell"])}
          />
        </li>
        <li>
          <StatNumber
            value={formatCount(n_excluded)}
            label="excluded"
            note={`${counted(n_rows - n_excluded, "row")} stay`}
            to={rowsPath(project, ["decision=exclude"])}
          />
        </li>
        <li>
          <StatNumber
            value={formatCount(n_decided)}
            label="decided"
            note="rows that are kept as they are among them"
            to={rowsPath(project, ["decision!=open"])}
          />
        </li>
      </ul>
      {n_gone > 0 && (
        <p role="note">{counted(n_gone, "decision")} left out: the rows are no longer in the data.</p>
      )}
      {n_changed_since > 0 && (
        <p role="note">
          {counted(n_changed_since, "decision")} left out: the cells hold something else by now.
        </p>
      )}
      {n === 0 ? (
        <p>
          Nothing changes yet. <Link to={rowsPath(project, ["flagged=yes", "decision=open"])}>Review</Link>{" "}
          what looks wrong first, or export the data as they are.
        </p>
      ) : (
        <SortableTable
          caption={
            changes.length < n
              ? `The first ${changes.length} of ${counted(n, "change")}; changes.csv will have all.`
              : counted(n, "change")
          }
          noun="changes"
          rows={changes}
          keyOf={({ row, column }) => `${row} ${column ?? ""}`}
          columns={[
            {
              title: "Row",
              value: ({ row }) => row,
              show: ({ row, id }) => (
                <Link to={`${rowsPath(project, [])}&row=${row}`}>
                  {formatCount(row)} ({id})
                </Link>
              ),
            },
            { title: "Column", value: ({ column }) => column ?? "whole row" },
            {
              title: "Change",
              value: ({ old, new: made }) => `${old ?? ""} ${made ?? ""}`,
              show: ({ column, old, new: made }) =>
                column === null ? (
                  "excluded"
                ) : (
                  <Correction given={old ?? "none"} suggested={made ?? "none"} />
                ),
            },
            { title: "By", value: ({ by }) => by ?? "certified" },
          ]}
        />
      )}
    </>
  );
}
