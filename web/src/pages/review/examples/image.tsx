import { useState } from "react";
import { mediaPath } from "../mediaPath";
import classes from "./examples.module.css";
import type { ExampleProps, ExampleView, TileProps } from "./view";

const FULL = 1024;
const TILE = 256;
const CELL = 64;

interface PictureProps {
  project: string;
  row: number;
  column: string;
  side: number;
  className: string | undefined;
  mayLoad?: boolean;
}

/** An image, or that it cannot be shown. What was begun is not taken back when the tiles fly again. */
function Picture({ project, row, column, side, className, mayLoad = true }: PictureProps) {
  const [isBroken, setIsBroken] = useState(false);
  const [wasAllowed, setWasAllowed] = useState(mayLoad);
  if (mayLoad && !wasAllowed) setWasAllowed(true);
  if (isBroken) return <span className={classes.broken}>The file in {column} cannot be shown.</span>;
  return (
    <img
      className={className}
      src={wasAllowed ? mediaPath(project, row, column, side) : undefined}
      alt={`${column} of row ${row}`}
      decoding="async"
      draggable={false}
      onError={() => setIsBroken(true)}
    />
  );
}

function Full({ project, row, cells }: ExampleProps) {
  return cells.map(({ name }) => (
    <Picture key={name} project={project} row={row} column={name} side={FULL} className={classes.image} />
  ));
}

/** A view of the first image of a row, as large as it is shown. */
const small = (side: number, className: string | undefined) =>
  function Small({ project, row, cells, mayLoad }: TileProps) {
    const column = cells[0]?.name ?? "";
    return <Picture {...{ project, row, column, side, className, mayLoad }} />;
  };

export const imageView: ExampleView = {
  kind: "image",
  roles: ["image"],
  Full,
  Tile: small(TILE, classes.tileImage),
  Cell: small(CELL, classes.cellImage),
};
