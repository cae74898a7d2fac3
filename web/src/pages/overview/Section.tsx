import { useId, type ReactNode } from "react";
import classes from "./OverviewPage.module.css";

interface Props {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** A part of the overview under its heading. */
export function Section({ title, lead, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id} className={classes.title}>
        {title}
      </h2>
      {lead !== undefined && <p className={classes.lead}>{lead}</p>}
      {children}
    </section>
  );
}
