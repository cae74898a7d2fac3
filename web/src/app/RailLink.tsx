import { NavLink } from "react-router";
import { Icon } from "../parts/Icon";
import { KeyHint } from "../parts/KeyHint";
import type { Place } from "./places";
import classes from "./Rail.module.css";

interface Props {
  place: Place;
  /** Null while no dataset is open. */
  to: string | null;
  isComing?: boolean;
}

/** A place in the rail, with the key that goes there. */
export function RailLink({ place, to, isComing = false }: Props) {
  const body = (
    <>
      <Icon name={place.icon} />
      <span className={classes.title}>{place.title}</span>
      {place.action && to !== null && !isComing && (
        <span className={classes.key}>
          <KeyHint action={place.action} />
        </span>
      )}
    </>
  );
  return (
    <li>
      {to === null ? (
        <span className={classes.closed} title="Open a dataset first">
          {body}
        </span>
      ) : (
        <NavLink to={to} end={to === "/"} className={isComing ? classes.coming : classes.link}>
          {body}
        </NavLink>
      )}
    </li>
  );
}
