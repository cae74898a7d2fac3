import { Button } from "@mantine/core";
import { changeSettings, useSettings, type Numbering } from "../../app/settings";
import { formatCount, formatShare } from "../../parts/numbers";
import { KeyHint } from "../../parts/KeyHint";
import hints from "../../parts/KeyHint.module.css";
import classes from "./DecisionPanel.module.css";
import type { Finding } from "./types";

const MOST = 9;
const OTHER: Record<Numbering, readonly [Numbering, string]> = {
  likely: ["fixed", "Numbers follow the likeliest. Fix them to the classes"],
  fixed: ["likely", "Numbers are fixed to the classes. Follow the likeliest"],
};

interface Props {
  choices: readonly Finding["choices"][number][];
  given: string | null;
  onChoose: (value: string) => void;
}

/** The values that may be chosen, each with its digit and how probable it is. */
export function Choices({ choices, given, onChoose }: Props) {
  const { numbering } = useSettings();
  const [other, words] = OTHER[numbering];
  if (choices.length === 0) return null;
  return (
    <section aria-label="Choices">
      <h3 className={classes.heading}>Choices</h3>
      <ol className={classes.list}>
        {choices.slice(0, MOST).map(({ value, probability }, at) => (
          <li key={value}>
            <Button
              fullWidth
              size="compact-sm"
              variant="default"
              classNames={{ label: classes.choice, inner: classes.choiceInner }}
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
      {choices.length > MOST && (
        <p className={classes.soft}>
          and {formatCount(choices.length - MOST)} more, by name with <KeyHint action="label" />
        </p>
      )}
      <Button size="compact-xs" variant="subtle" onClick={() => changeSettings({ numbering: other })}>
        {words}
      </Button>
    </section>
  );
}
