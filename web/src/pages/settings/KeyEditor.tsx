import { Button } from "@mantine/core";
import { useState } from "react";
import { changeSettings, useSettings } from "../../app/settings";
import { chordOf, keycaps } from "../../keys/chord";
import { KeyGroups } from "../../keys/KeyGroups";
import type { ActionId } from "../../keys/keymap";
import { ownerOf, PRESETS, type Preset } from "../../keys/presets";
import { useKeysOf } from "../../keys/useKeysOf";
import { useAnnounce } from "../../parts/useAnnounce";
import { ChoiceSetting } from "./ChoiceSetting";
import classes from "./KeyEditor.module.css";
import { KeyRow } from "./KeyRow";

/** The key map, to be changed key by key, or as a whole to one that people know from elsewhere. */
export function KeyEditor() {
  const { preset, ownKeys } = useSettings();
  const keys = useKeysOf();
  const announce = useAnnounce();
  const [asking, setAsking] = useState<ActionId | null>(null);
  const [problem, setProblem] = useState<{ id: ActionId; text: string } | null>(null);

  const stop = () => {
    setAsking(null);
    setProblem(null);
  };
  const setBack = (id: ActionId) => {
    const rest = Object.fromEntries(Object.entries(ownKeys).filter(([one]) => one !== id));
    changeSettings({ ownKeys: rest });
  };
  const take = (id: ActionId, label: string, event: React.KeyboardEvent) => {
    if (asking !== id || ["Shift", "Control", "Alt", "Meta", "Tab"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return stop();
    const chord = chordOf(event.nativeEvent);
    const owner = ownerOf(chord, keys, id);
    const name = keycaps(chord).join(" ");
    if (owner) return setProblem({ id, text: `${name} belongs to “${owner.label}”. Press another key.` });
    changeSettings({ ownKeys: { ...ownKeys, [id]: [chord] } });
    announce(`${label}: ${name}.`);
    stop();
  };

  return (
    <>
      <ChoiceSetting
        label="Key map"
        value={preset}
        choices={PRESETS}
        onChoose={(chosen: Preset) => changeSettings({ preset: chosen, ownKeys: {} })}
      />
      {Object.keys(ownKeys).length > 0 && (
        <Button size="compact-sm" variant="default" mb="md" onClick={() => changeSettings({ ownKeys: {} })}>
          Set all keys back
        </Button>
      )}
      <KeyGroups width="24rem">
        {(actions) => (
          <ul className={classes.list}>
            {actions.map(({ id, label, shown }) => (
              <KeyRow
                key={id}
                action={id as ActionId}
                label={label}
                isFixed={shown !== undefined}
                isOwn={id in ownKeys}
                isAsking={asking === id}
                problem={problem?.id === id ? problem.text : null}
                onAsk={() => {
                  setProblem(null);
                  setAsking(id as ActionId);
                }}
                onKey={(event) => take(id as ActionId, label, event)}
                onStop={stop}
                onSetBack={() => setBack(id as ActionId)}
              />
            ))}
          </ul>
        )}
      </KeyGroups>
    </>
  );
}
