import { useState } from "react";
import classes from "./DecisionPanel.module.css";
import { mediaPath } from "./mediaPath";

const SIDE = 512;

interface Props {
  project: string;
  row: number;
  column: string;
  isSound: boolean;
}

/** The image or the sound of a row, or that it cannot be shown. */
export function MediaBox({ project, row, column, isSound }: Props) {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken)
    return (
      <p className={classes.soft}>
        The file in {column} cannot be {isSound ? "played" : "shown"}.
      </p>
    );
  const onError = () => setIsBroken(true);
  return isSound ? (
    // eslint-disable-next-line jsx-a11y/media-has-caption -- a sound of somebody's dataset has no captions
    <audio
      controls
      className={classes.audio}
      src={mediaPath(project, row, column)}
      aria-label={`${column} of row ${row}`}
      onError={onError}
    />
  ) : (
    <img
      className={classes.image}
      src={mediaPath(project, row, column, SIDE)}
      alt={`${column} of row ${row}`}
      onError={onError}
    />
  );
}
