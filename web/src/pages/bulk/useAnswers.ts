import { useState } from "react";

export interface Answers {
  readonly right: readonly number[];
  readonly wrong: readonly number[];
  readonly n: number;
  answer: (row: number, isRight: boolean) => void;
  /** Take the last answer back; returns its row. */
  back: () => number | undefined;
  clear: () => void;
}

/** What was said about the rows of the sample; another plan begins anew. */
export function useAnswers(plan: string): Answers {
  const [said, setSaid] = useState<{ plan: string; rows: readonly [row: number, isRight: boolean][] }>({
    plan,
    rows: [],
  });
  const rows = said.plan === plan ? said.rows : [];
  return {
    right: rows.filter(([, isRight]) => isRight).map(([row]) => row),
    wrong: rows.filter(([, isRight]) => !isRight).map(([row]) => row),
    n: rows.length,
    answer: (row, isRight) =>
      setSaid({ plan, rows: [...rows.filter(([other]) => other !== row), [row, isRight]] }),
    back: () => {
      setSaid({ plan, rows: rows.slice(0, -1) });
      return rows.at(-1)?.[0];
    },
    clear: () => setSaid({ plan, rows: [] }),
  };
}
