import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import { sentenceOf } from "../../api/errors";
import { importPath } from "../import/choices";
import classes from "./DropZone.module.css";
import { placeOf } from "./ProjectLine";

/** Opens what lies on this machine by its path, without a copy: its project where it has one, else the data. */
export function PathForm() {
  const [path, setPath] = useState("");
  const navigate = useNavigate();
  const opening = useMutation({
    mutationFn: (at: string) => dataOf(api.POST("/api/open", { body: { path: at } })),
    onSuccess: ({ project, source }) =>
      void navigate(project === null ? importPath(source) : placeOf(project)),
  });
  const wanted = unquoted(path);
  return (
    <form
      className={classes.path}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted) opening.mutate(wanted);
      }}
    >
      <TextInput
        label="Or its path on this machine"
        placeholder="/data/reviews.csv"
        value={path}
        spellCheck={false}
        autoComplete="off"
        error={opening.error && sentenceOf(opening.error)}
        onChange={(event) => setPath(event.target.value)}
      />
      <Button type="submit" variant="default" disabled={!wanted} loading={opening.isPending}>
        Open
      </Button>
    </form>
  );
}

/** File managers copy a path in quotes, or as an address. */
function unquoted(path: string): string {
  const bare = path.trim().replace(/^(["'])(.*)\1$/, "$2");
  if (!bare.startsWith("file://")) return bare;
  try {
    return decodeURIComponent(bare.slice("file://".length));
  } catch {
    return bare;
  }
}
