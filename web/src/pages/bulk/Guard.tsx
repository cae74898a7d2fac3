import { Slider, Switch, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "../../api/client";
import { samplePath } from "../../app/samplePath";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { formatCount } from "../../parts/numbers";
import { dataOf } from "../../api/dataOf";
import classes from "./BulkPage.module.css";

const USUAL = 0.95;
const percent = (part: number) => `${Math.round(100 * part)} %`;

interface Props {
  project: string;
  /** The precision that is asked for, null while the guard is off. */
  certified: number | null;
  onChange: (certified: number | null) => void;
}

/** Lets through only what the answers to the random sample prove at a precision, and says how many these are. */
export function Guard({ project, certified, onChange }: Props) {
  const [drawn, setDrawn] = useState<number | null>(null);
  const precision = certified ?? USUAL;
  const certificate = useQuery({
    queryKey: ["certificate", project, precision],
    queryFn: () =>
      dataOf(
        api.GET("/api/projects/{project}/certificate", {
          params: { path: { project }, query: { precision } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchOnMount: "always",
  });
  const found = certificate.data;
  return (
    <div className={classes.guard}>
      <Switch
        label={`Apply only where at least ${percent(drawn ?? precision)} are right`}
        checked={certified !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? precision : null)}
      />
      {certified !== null && (
        <Slider
          thumbProps={{ "aria-label": "Precision that is asked for" }}
          label={percent}
          min={0.8}
          max={0.99}
          step={0.01}
          value={drawn ?? precision}
          onChange={setDrawn}
          onChangeEnd={(value) => {
            setDrawn(null);
            onChange(value);
          }}
        />
      )}
      {certificate.error && (
        <ErrorNotice
          title="Nothing can be certified."
          error={certificate.error}
          onRetry={() => void certificate.refetch()}
        />
      )}
      {found && (
        <>
          <meter
            className={classes.meter}
            aria-label={`Certified suggestions: ${found.n_certified} of ${found.n_candidates}`}
            min={0}
            max={Math.max(1, found.n_candidates)}
            value={found.n_certified}
          />
          <Text size="sm">
            {formatCount(found.n_certified)} of {formatCount(found.n_candidates)} suggestions certified.
          </Text>
          <Text size="sm" c="dimmed">
            {found.sentence}
          </Text>
          <Link to={samplePath(project)}>
            {found.n_asked === 0 ? "Answer 30 randomly drawn rows" : "Answer more of the random sample"}
          </Link>
        </>
      )}
    </div>
  );
}
