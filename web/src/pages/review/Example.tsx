import classes from "./DecisionPanel.module.css";
import { partsOf } from "./examples/registry";
import type { ExampleProps } from "./examples/view";

interface Props extends ExampleProps {
  isLarge?: boolean;
}

/** The row itself: its images and sounds, its texts, then its other cells. */
export function Example({ project, row, cells, isLarge = false }: Props) {
  return (
    <div className={classes.example} data-example-size={isLarge ? "large" : "small"}>
      {partsOf(cells).map(({ view: { kind, Full }, cells: own }) => (
        <Full key={kind} project={project} row={row} cells={own} />
      ))}
    </div>
  );
}
