import { Button, CloseButton, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { dataOf } from "../../api/dataOf";
import classes from "./SavedViews.module.css";
import type { SavedView } from "./types";
import type { Address } from "./useAddress";

interface Props {
  project: string;
  address: Address;
}

const VIEWS = "/api/projects/{project}/views";

/** Views that were saved with the project, for whoever opens it: conditions, order and way of showing. */
export function SavedViews({ project, address }: Props) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const path = { project };
  const key = ["review-views", project];
  const views = useQuery({
    queryKey: key,
    queryFn: () => dataOf(api.GET(VIEWS, { params: { path } })),
    refetchOnWindowFocus: true,
    staleTime: 0,
  });
  const onSuccess = (saved: SavedView[]) => client.setQueryData(key, saved);
  const save = useMutation({
    mutationFn: (body: SavedView) => dataOf(api.PUT(VIEWS, { params: { path }, body })),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (gone: string) => dataOf(api.DELETE(VIEWS, { params: { path, query: { name: gone } } })),
    onSuccess,
  });
  const error = save.error ?? remove.error ?? views.error;
  const { where, sort, view } = address;
  const isOpen = (saved: SavedView) =>
    JSON.stringify([saved.where, saved.sort, saved.view]) === JSON.stringify([where, sort, view]);

  return (
    <details className={classes.views} open={views.data && views.data.length > 0}>
      <summary className={classes.title}>Saved views</summary>
      <ul className={classes.list} aria-label="Saved views">
        {views.data?.map((saved) => (
          <li key={saved.name} className={classes.view}>
            <button
              type="button"
              className={classes.open}
              aria-current={isOpen(saved) || undefined}
              onClick={() => address.show(saved)}
            >
              {saved.name}
            </button>
            <CloseButton
              size="sm"
              aria-label={`Delete the view ${saved.name}`}
              onClick={() => remove.mutate(saved.name)}
            />
          </li>
        ))}
      </ul>
      <form
        className={classes.save}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save.mutate({ name: name.trim(), where: [...where], sort, view });
          setName("");
        }}
      >
        <TextInput
          size="xs"
          aria-label="Name of the view"
          placeholder="name what is shown"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={!name.trim()}>
          Save
        </Button>
      </form>
      {error && <ErrorNotice title="The view was not changed." error={error} />}
    </details>
  );
}
