import { Button } from "@mantine/core";
import type { ActionId } from "../../keys/keymap";
import { KeyHint } from "../../parts/KeyHint";
import classes from "./DecisionPanel.module.css";

const BUTTONS = [
  ["accept", "Accept"],
  ["keep", "Keep"],
  ["exclude", "Exclude"],
  ["needsReview", "Needs review"],
  ["none", "None of these"],
  ["label", "Other label"],
  ["repeat", "Repeat"],
  ["skip", "Skip"],
  ["zoom", "Zoom"],
  ["previous", "Previous"],
  ["next", "Next"],
  ["undo", "Undo"],
  ["redo", "Redo"],
] as const satisfies readonly (readonly [ActionId, string])[];

interface Props {
  /** Those that are absent have no button here; those that are undefined cannot be done at the moment. */
  actions: Readonly<Partial<Record<(typeof BUTTONS)[number][0], (() => void) | undefined>>>;
  isExcluded: boolean;
}

/** What can be done, each with its key. */
export function DecisionButtons({ actions, isExcluded }: Props) {
  return (
    <div className={classes.buttons} role="group" aria-label="Decide">
      {BUTTONS.filter(([id]) => id in actions).map(([id, name]) => (
        <Button
          key={id}
          size="compact-sm"
          variant={id === "accept" ? "light" : "default"}
          disabled={!actions[id]}
          onClick={() => actions[id]?.()}
          rightSection={<KeyHint action={id} />}
        >
          {id === "exclude" && isExcluded ? "Include" : name}
        </Button>
      ))}
    </div>
  );
}
