import { NativeSelect, NumberInput, Slider, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { ConditionChips } from "../../parts/ConditionChips";
import { formatCount, formatNumber } from "../../parts/numbers";
import { dataOf } from "../../api/dataOf";
import classes from "./BulkPage.module.css";
import { valueOf, withOnly, type Plan } from "./scope";

interface Props {
  project: string;
  plan: Plan;
  onChange: (change: Partial<Plan>) => void;
}

/** The conditions from Review, and three that are asked for most: one check, a highest score, the first so many. */
export function ScopeForm({ project, plan, onChange }: Props) {
  const { where } = plan;
  const facets = useQuery({
    queryKey: ["bulk-facets", project],
    queryFn: () =>
      dataOf(
        api.GET("/api/projects/{project}/facets", {
          params: { path: { project }, query: { where: [], field: ["check", "score"] } },
        }),
      ),
  });
  const checks = facets.data?.find(({ field }) => field === "check")?.counts ?? [];
  const highest = facets.data?.find(({ field }) => field === "score")?.bins.at(-1)?.high ?? 1;
  const setWhere = (next: string[]) => onChange({ where: next });
  const limit = valueOf(where, "score", "<=");
  const [drawn, setDrawn] = useState<number | null>(null);
  const score = drawn ?? (limit === null ? highest : Number(limit));

  return (
    <div className={classes.form}>
      {plan.rows.length > 0 && (
        <p className={classes.note}>
          {formatCount(plan.rows.length)} rows that were selected in Review.{" "}
          <button type="button" className={classes.plain} onClick={() => onChange({ rows: [] })}>
            Take all that fulfil the conditions
          </button>
        </p>
      )}
      <ConditionChips where={where} onChange={setWhere} empty="No condition: all rows." />
      <NativeSelect
        label="Only what this check says"
        value={valueOf(where, "check", "=") ?? ""}
        onChange={(event) => setWhere(withOnly(where, "check", "=", event.currentTarget.value || null))}
        data={[
          { value: "", label: "Any check" },
          ...checks.map(({ value, title, n_all }) => ({ value, label: `${title} (${formatCount(n_all)})` })),
        ]}
      />
      <div>
        <Text id="bulk-score" size="sm" fw={500}>
          {score >= highest ? "Any score" : `Score at most ${formatNumber(score)}`}
        </Text>
        <Slider
          thumbProps={{ "aria-labelledby": "bulk-score" }}
          label={formatNumber}
          min={0}
          max={highest}
          step={highest / 100}
          value={score}
          onChange={setDrawn}
          onChangeEnd={(value) => {
            setDrawn(null);
            setWhere(withOnly(where, "score", "<=", value >= highest ? null : formatNumber(value)));
          }}
        />
        <Text size="sm" c="dimmed">
          A low score is bad.
        </Text>
      </div>
      <NumberInput
        label="Only the first so many"
        description={plan.sort === "worst" ? "The worst come first." : `Ordered by ${plan.sort}.`}
        placeholder="All"
        min={1}
        allowDecimal={false}
        value={plan.top ?? ""}
        onChange={(value) => onChange({ top: Number(value) > 0 ? Number(value) : null })}
      />
    </div>
  );
}
