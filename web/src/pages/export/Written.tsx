import { Alert } from "@mantine/core";
import { formatBytes, formatCount } from "../../parts/numbers";
import { SortableTable } from "../../parts/SortableTable";
import classes from "./ExportPage.module.css";
import type { ExportOut } from "./types";

/** The files that were written, where they lie, and a way to load each; of a dry run that it would work. */
export function Written({ made, isDry }: { made: ExportOut; isDry: boolean }) {
  if (isDry)
    return (
      <Alert title="It can be written" maw="40rem" role="status">
        It would be {formatCount(made.n_rows)} rows. Nothing was written.
      </Alert>
    );
  return (
    <section aria-label="Files that were written" className={classes.written}>
      <p>
        {formatCount(made.n_rows)} rows and {made.files.length - 1} files about them are in{" "}
        <code>{made.folder}</code>
      </p>
      <SortableTable
        caption="On this machine; a link saves a copy where the browser keeps downloads."
        noun="files"
        rows={made.files}
        keyOf={({ name }) => name}
        columns={[
          {
            title: "File",
            value: ({ name }) => name,
            show: ({ name, path, address }) => (
              <a href={address} download={name} title={path} aria-label={`Download ${name}`}>
                {name}
              </a>
            ),
          },
          {
            title: "Size",
            isNumber: true,
            value: ({ size }) => size,
            show: ({ size }) => formatBytes(size),
          },
          { title: "What it is", value: ({ text }) => text },
        ]}
      />
    </section>
  );
}
