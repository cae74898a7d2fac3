import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { dataOf } from "../../api/dataOf";
import type { DataIn, Mode } from "./choices";

/** Seconds that each mode is expected to take; undefined while that is tried out, null where it cannot be told. */
export type Forecasts = Readonly<Record<Mode, number | null | undefined>>;

/** One mode is tried out after the other: at once they would slow each other down, and all look slower. */
export function useForecasts(data: DataIn, enabled: boolean): Forecasts {
  const balanced = useForecast({ ...data, mode: "balanced" }, enabled);
  const quick = useForecast({ ...data, mode: "quick" }, enabled && balanced !== undefined);
  const thorough = useForecast({ ...data, mode: "thorough" }, enabled && quick !== undefined);
  return { quick, balanced, thorough };
}

function useForecast(data: DataIn, enabled: boolean): number | null | undefined {
  const { data: forecast, isError } = useQuery({
    queryKey: ["forecast", data],
    queryFn: ({ signal }) => dataOf(api.POST("/api/forecast", { body: data, signal })),
    enabled,
    retry: false,
  });
  return isError ? null : forecast?.seconds;
}
