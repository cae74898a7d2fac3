import { Fragment } from "react";
import classes from "./examples.module.css";
import type { ExampleCell, ExampleProps, ExampleView } from "./view";

const IN_A_TILE = 5;

function Cells({ cells }: { cells: readonly ExampleCell[] }) {
  return (
    <dl className={classes.cells}>
      {cells.map(({ name, text, n_characters = text.length }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd dir="auto">
            {text}
            {n_characters > text.length ? "…" : ""}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Full({ cells }: ExampleProps) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- many cells are scrolled with the keyboard
    <div className={classes.scrolled} role="group" aria-label="Cells" tabIndex={0}>
      <Cells cells={cells} />
    </div>
  );
}

function Tile({ cells }: ExampleProps) {
  return <Cells cells={cells.slice(0, IN_A_TILE)} />;
}

export const tableView: ExampleView = {
  kind: "table",
  roles: ["number", "category", "date", "id", "split", "group", "time", "weight", "annotator", "ignore"],
  Full,
  Tile,
};
