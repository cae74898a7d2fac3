import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { importPath } from "../import/choices";
import classes from "./Examples.module.css";

/** Datasets that come with the Studio. */
export function Examples() {
  const navigate = useNavigate();
  const examples = useQuery({ queryKey: ["examples"], queryFn: () => dataOf(api.GET("/api/examples")) });
  const taking = useMutation({
    mutationFn: (name: string) => dataOf(api.POST("/api/examples/{name}", { params: { path: { name } } })),
    onSuccess: ({ path }) => void navigate(importPath(path)),
  });
  return (
    <section aria-labelledby="examples">
      <h2 id="examples" className={classes.heading}>
        Or try one of these
      </h2>
      {examples.error && (
        <ErrorNotice
          title="The examples could not be listed."
          error={examples.error}
          onRetry={() => void examples.refetch()}
        />
      )}
      {taking.error && <ErrorNotice title="The example could not be opened." error={taking.error} />}
      <ul className={classes.examples}>
        {examples.data?.map(({ name, title, text }) => (
          <li key={name} className={classes.example}>
            <h3>{title}</h3>
            <p>{text}</p>
            <Button
              variant="default"
              aria-label={`Try ${title}`}
              loading={taking.isPending && taking.variables === name}
              onClick={() => taking.mutate(name)}
            >
              Try it
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
