import { CopyButton, Button } from "@mantine/core";
import type { components } from "../api/schema";
import classes from "./CodeTwin.module.css";

interface Props {
  /** What the code does: "The same without the Studio". */
  title: string;
  code: components["schemas"]["Code"];
}

/** The Python and the command that do what a screen does. */
export function CodeTwin({ title, code }: Props) {
  return (
    <details className={classes.twin}>
      <summary>{title}</summary>
      {(["python", "cli"] as const).map((kind) => (
        <figure key={kind}>
          <figcaption>
            {kind === "python" ? "Python" : "Command line"}
            <CopyButton value={code[kind]}>
              {({ copied, copy }) => (
                <Button variant="subtle" size="compact-xs" onClick={copy}>
                  {copied ? "Copied" : "Copy"}
                </Button>
              )}
            </CopyButton>
          </figcaption>
          <pre>{code[kind]}</pre>
        </figure>
      ))}
    </details>
  );
}
