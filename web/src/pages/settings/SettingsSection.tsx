import type { ReactNode } from "react";
import classes from "./SettingsSection.module.css";

interface Props {
  title: string;
  children: ReactNode;
  /** What shows what the settings do. */
  aside?: ReactNode;
}

/** Settings that belong together. */
export function SettingsSection({ title, children, aside }: Props) {
  return (
    <section className={classes.section}>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.columns}>
        <div className={classes.body}>{children}</div>
        {aside}
      </div>
    </section>
  );
}
