import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

interface Props {
  title: string;
  /** Why there is nothing, and what to do about it. */
  children: ReactNode;
  /** Buttons or links that do it. */
  actions?: ReactNode;
}

/** What a screen says when it has nothing to show. */
export function EmptyState({ title, children, actions }: Props) {
  return (
    <section className={classes.empty}>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.text}>{children}</div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </section>
  );
}
