import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { projectPath } from "../../app/useProject";
import { useKeyActions } from "../../keys/useKeys";
import { KeyHint } from "../../parts/KeyHint";
import { formatCount } from "../../parts/numbers";
import classes from "./MarkBar.module.css";
import type { Address } from "./useAddress";
import type { Marks } from "./useMarks";

interface Props {
  project: string;
  address: Address;
  marks: Marks;
  /** Null until it is known. */
  total: number | null;
  children: ReactNode;
}

/** How many rows match and how many are selected, and the way to fix them in bulk. */
export function MarkBar({ project, address: { where, sort }, marks, total, children }: Props) {
  const navigate = useNavigate();
  const fix = () => {
    const query = new URLSearchParams(where.map((one) => ["where", one]));
    query.set("sort", sort);
    marks.rows.forEach((row) => query.append("row", String(row)));
    void navigate(`${projectPath(project, "bulk")}?${query.toString()}`);
  };
  useKeyActions({ bulk: total ? fix : undefined });
  return (
    <div className={classes.bar}>
      <span role="status">
        {total === null ? "Reading the rows…" : `${formatCount(total)} rows`}
        {marks.n > 0 && `, ${formatCount(marks.n)} selected`}
      </span>
      {marks.n > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={marks.clear}>
          Select none
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        disabled={!total}
        onClick={fix}
        rightSection={<KeyHint action="bulk" />}
      >
        {marks.n > 0 ? "Fix the selected in bulk" : "Fix these in bulk"}
      </Button>
      {children}
    </div>
  );
}
