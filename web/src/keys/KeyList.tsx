import { Fragment } from "react";
import { KeyHint } from "../parts/KeyHint";
import classes from "./KeyList.module.css";
import { groupsOfKeys, type ActionId } from "./keymap";

/** The whole key map, group by group. */
export function KeyList() {
  return (
    <div className={classes.groups}>
      {groupsOfKeys().map(([group, actions]) => (
        <section key={group}>
          <h3 className={classes.group}>{group}</h3>
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
        </section>
      ))}
    </div>
  );
}
