import classes from "./Correction.module.css";

interface Props {
  given: string;
  suggested: string;
}

/** What is given, struck, and what should stand there; told apart by shape as well as by colour. */
export function Correction({ given, suggested }: Props) {
  return (
    <span className={classes.correction}>
      <del className={classes.given}>{given}</del> <ins className={classes.suggested}>{suggested}</ins>
    </span>
  );
}
