import { Fragment } from "react";
import { KeyHint } from "../parts/KeyHint";
import { KeyGroups } from "./KeyGroups";
import classes from "./KeyList.module.css";
import type { ActionId } from "./keymap";

/** The whole key map, group by group. */
export function KeyList() {
  return (
    <KeyGroups width="20rem">
      {(actions) => (
        <dl className={classes.list}>
          {actions.map((action) => (
            <Fragment key={action.id}>
              <dt>
                <KeyHint action={action.id as ActionId} all />
              </dt>
              <dd>{action.label}</dd>
            </Fragment>
          ))}
        </dl>
      )}
    </KeyGroups>
  );
}
