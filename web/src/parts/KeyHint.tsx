import { Fragment } from "react";
import { keycaps } from "../keys/chord";
import { useKeysOf } from "../keys/useKeysOf";
import { actionOf, type ActionId } from "../keys/keymap";
import classes from "./KeyHint.module.css";

interface Props {
  action: ActionId;
  /** All keys of the action, not only its first. */
  all?: boolean;
}

/** The key of an action, as it is printed on its button. */
export function KeyHint({ action, all = false }: Props) {
  const { shown } = actionOf(action);
  const keys = useKeysOf().get(action) ?? [];
  const chords = shown ? [shown] : all ? keys : keys.slice(0, 1);
  return (
    <span className={classes.hint}>
      {chords.map((chord, index) => (
        <Fragment key={chord}>
          {index > 0 && <span className={classes.or}>or</span>}
          {keycaps(chord).map((cap) => (
            <kbd key={cap} className={classes.cap}>
              {cap}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
