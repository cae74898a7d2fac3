import { Button } from "@mantine/core";
import { formatShare } from "../../parts/numbers";
import classes from "./DecisionPanel.module.css";
import hints from "../../parts/KeyHint.module.css";
import type { Finding } from "./types";

const MOST = 9;

interface Props {
  choices: Finding["choices"];
  given: string | null;
  onChoose: (value: string) => void;
}

/** The values that are most probable, each with the digit that chooses it. */
export function Choices({ choices, given, onChoose }: Props) {
  if (choices.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>Choices</h3>
      <ol className={classes.list}>
        {choices.slice(0, MOST).map(({ value, probability }, at) => (
          <li key={value}>
            <Button
              fullWidth
              size="compact-sm"
              variant="default"
              justify="space-between"
              onClick={() => onChoose(value)}
              leftSection={<kbd className={hints.cap}>{at + 1}</kbd>}
              rightSection={probability === null ? null : formatShare(probability)}
            >
              {value}
              {value === given ? " (given)" : ""}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
