import type { ReactNode } from "react";
import classes from "./KeyGroups.module.css";
import { groupsOfKeys, type KeyAction } from "./keymap";

interface Props {
  /** How wide a column is at least. */
  width: string;
  /** The actions of one group. */
  children: (actions: readonly KeyAction[]) => ReactNode;
}

/** The key map by groups, each under its name, in as many columns as there is room for. */
export function KeyGroups({ width, children }: Props) {
  return (
    <div className={classes.groups} style={{ columnWidth: width }}>
      {groupsOfKeys().map(([group, actions]) => (
        <section key={group}>
          <h3 className={classes.group}>{group}</h3>
          {children(actions)}
        </section>
      ))}
    </div>
  );
}
