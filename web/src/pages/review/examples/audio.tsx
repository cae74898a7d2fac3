import { useState } from "react";
import { mediaPath } from "../mediaPath";
import classes from "./examples.module.css";
import type { ExampleProps, ExampleView } from "./view";

interface PlayerProps {
  project: string;
  row: number;
  column: string;
  preload: "none" | "metadata";
}

function Player({ project, row, column, preload }: PlayerProps) {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) return <span className={classes.broken}>The file in {column} cannot be played.</span>;
  return (
    // eslint-disable-next-line jsx-a11y/media-has-caption -- a sound of somebody's dataset has no captions
    <audio
      controls
      preload={preload}
      className={classes.audio}
      src={mediaPath(project, row, column)}
      aria-label={`${column} of row ${row}`}
      onError={() => setIsBroken(true)}
    />
  );
}

function Full({ project, row, cells }: ExampleProps) {
  return cells.map(({ name }) => (
    <Player key={name} project={project} row={row} column={name} preload="metadata" />
  ));
}

function Tile({ project, row, cells }: ExampleProps) {
  return <Player project={project} row={row} column={cells[0]?.name ?? ""} preload="none" />;
}

export const audioView: ExampleView = { kind: "audio", roles: ["audio"], Full, Tile };
