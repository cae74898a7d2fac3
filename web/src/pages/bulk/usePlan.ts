import { useSearchParams } from "react-router";
import { paramsOf, planOf, type Plan } from "./scope";

/** The plan that the address holds, and how it is changed. */
export function usePlan(): [Plan, (change: Partial<Plan>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (part: Partial<Plan>) =>
    setParams((before) => paramsOf({ ...planOf(before), ...part }), {
      replace: true,
      preventScrollReset: true,
    });
  return [planOf(params), change];
}
