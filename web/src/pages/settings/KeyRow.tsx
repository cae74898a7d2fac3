import { Button } from "@mantine/core";
import type { ActionId } from "../../keys/keymap";
import { KeyHint } from "../../parts/KeyHint";
import classes from "./KeyEditor.module.css";

interface Props {
  action: ActionId;
  label: string;
  /** The digits stay what they are. */
  isFixed: boolean;
  isOwn: boolean;
  isAsking: boolean;
  problem: string | null;
  onAsk: () => void;
  onKey: (event: React.KeyboardEvent) => void;
  onStop: () => void;
  onSetBack: () => void;
}

/** An action with its keys: after a click, the next key that is pressed is the new one. */
export function KeyRow({ action, label, isFixed, isOwn, isAsking, problem, ...on }: Props) {
  return (
    <li className={classes.row}>
      <span>{label}</span>
      <span className={classes.keys}>
        {isOwn && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Set the key of “${label}” back`}
            onClick={on.onSetBack}
          >
            Set back
          </Button>
        )}
        {isFixed ? (
          <KeyHint action={action} all />
        ) : (
          <Button
            size="compact-sm"
            variant={isAsking ? "light" : "subtle"}
            aria-label={isAsking ? `Press a key for “${label}”` : `Change the key of “${label}”`}
            onClick={on.onAsk}
            onKeyDown={on.onKey}
            onBlur={isAsking ? on.onStop : undefined}
          >
            {isAsking ? "Press a key…" : <KeyHint action={action} all />}
          </Button>
        )}
      </span>
      {problem !== null && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
    </li>
  );
}
