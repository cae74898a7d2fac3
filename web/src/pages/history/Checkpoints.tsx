import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { useAnnounce } from "../../parts/useAnnounce";
import { dataOf } from "../../api/dataOf";
import { Compare } from "./Compare";
import { GoBack } from "./GoBack";
import classes from "./HistoryPage.module.css";
import { formatTime } from "./words";

/** Names for moments: set one, compare two, go back to one. */
export function Checkpoints({ project }: { project: string }) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const [name, setName] = useState("");
  const [isBackTo, setIsBackTo] = useState<string | null>(null);
  const path = { params: { path: { project } } };
  const checkpoints = useQuery({
    queryKey: ["checkpoints", project],
    queryFn: () => dataOf(api.GET("/api/projects/{project}/checkpoints", path)),
    refetchOnMount: "always",
  });
  const make = useMutation({
    mutationFn: () => dataOf(api.POST("/api/projects/{project}/checkpoints", { ...path, body: { name } })),
    onSuccess: (made) => {
      announce(`Checkpoint ${made.name} set.`);
      setName("");
      void client.invalidateQueries();
    },
  });
  const known = checkpoints.data ?? [];

  return (
    <aside className={classes.checkpoints} aria-labelledby="checkpoints">
      <h2 id="checkpoints">Checkpoints</h2>
      <form
        className={classes.make}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          label="Name this moment"
          placeholder="before the second look"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="light" disabled={!name.trim()} loading={make.isPending}>
          Set a checkpoint
        </Button>
      </form>
      {make.error && <ErrorNotice title="No checkpoint was set." error={make.error} />}
      {checkpoints.error && (
        <ErrorNotice
          title="The checkpoints could not be read."
          error={checkpoints.error}
          onRetry={() => void checkpoints.refetch()}
        />
      )}
      {known.length > 0 && (
        <>
          <ul className={classes.names} aria-label="Checkpoints">
            {known.map((one) => (
              <li key={one.name}>
                <span>
                  <strong>{one.name}</strong>
                  <br />
                  <span className={classes.soft}>
                    {formatTime(one.at)} · {one.by}
                  </span>
                </span>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Go back to ${one.name}`}
                  onClick={() => setIsBackTo(one.name)}
                >
                  Go back
                </Button>
              </li>
            ))}
          </ul>
          <Compare project={project} names={known.map((one) => one.name)} />
        </>
      )}
      {isBackTo !== null && <GoBack project={project} name={isBackTo} onClose={() => setIsBackTo(null)} />}
    </aside>
  );
}
