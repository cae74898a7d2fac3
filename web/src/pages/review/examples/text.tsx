import { formatCount } from "../../../parts/numbers";
import classes from "./examples.module.css";
import type { ExampleProps, ExampleView } from "./view";

function Full({ cells }: ExampleProps) {
  return cells.map(({ name, text, n_characters = text.length }) => (
    <section key={name} aria-label={name}>
      {cells.length > 1 && <h3 className={classes.name}>{name}</h3>}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text is scrolled with the keyboard */}
      <p className={classes.text} dir="auto" tabIndex={0}>
        {text}
        {n_characters > text.length ? "…" : ""}
      </p>
      {n_characters > text.length && (
        <p className={classes.name}>
          The first {formatCount(text.length)} of {formatCount(n_characters)} characters.
        </p>
      )}
    </section>
  ));
}

function Tile({ cells }: ExampleProps) {
  return (
    <p className={classes.tileText} dir="auto">
      {cells[0]?.text}
    </p>
  );
}

export const textView: ExampleView = { kind: "text", roles: ["text"], Full, Tile };
