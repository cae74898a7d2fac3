import { Correction } from "../../parts/Correction";
import { formatShare } from "../../parts/numbers";
import classes from "./DecisionPanel.module.css";
import type { Finding, RowLine } from "./types";
import { wordOf } from "./words";

interface Props {
  finding: Finding;
  decision: RowLine["decision"];
  /** Whether somebody else decided. */
  isOthers: boolean;
}

/** What is given against what is suggested, how probable both are, and what was decided. */
export function Verdict({
  finding: { column, given, suggested, choices, reasons },
  decision,
  isOthers,
}: Props) {
  const share = (value: string | null) => {
    const probability = choices.find((one) => one.value === value)?.probability;
    return probability == null ? null : `${value ?? ""} ${formatShare(probability)}`;
  };
  const shares = [share(given), share(suggested)].filter((one) => one !== null);
  return (
    <div>
      <p className={classes.verdict}>
        {column === null ? (
          reasons.length > 0 ? (
            "The row as a whole looks wrong."
          ) : (
            "Nothing is flagged here."
          )
        ) : suggested !== null && suggested !== given ? (
          <Correction given={given ?? "none"} suggested={suggested} />
        ) : (
          (given ?? "none")
        )}
      </p>
      {shares.length > 0 && <p className={classes.soft}>{[...new Set(shares)].join(" · ")}</p>}
      {decision && (
        <p className={classes.soft}>
          ✓ {isOthers ? `${decision.by} decided` : "Decided"}: {wordOf(decision.kind)} {decision.new ?? ""}
          {isOthers && ". Decide twice to overrule."}
        </p>
      )}
    </div>
  );
}
