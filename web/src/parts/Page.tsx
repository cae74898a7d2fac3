import type { ReactNode } from "react";
import classes from "./Page.module.css";

interface Props {
  /** The window's title, and the heading where there is no other. */
  title: string;
  heading?: ReactNode;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every screen but Review's: its title, one sentence, and room below. */
export function Page({ title, heading = title, lead, actions, children }: Props) {
  return (
    <div className={classes.page}>
      <title>{`${title} · emendata Studio`}</title>
      <header className={classes.head}>
        <div>
          <h1 className={classes.title} tabIndex={-1}>
            {heading}
          </h1>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}
