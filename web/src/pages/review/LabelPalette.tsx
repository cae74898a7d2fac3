import { Modal, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import classes from "./LabelPalette.module.css";

const MOST = 50;

interface Props {
  opened: boolean;
  /** What may be chosen, the likeliest first. */
  values: readonly string[];
  given: string | null;
  onChoose: (value: string) => void;
  onClose: () => void;
}

/** Choose a label by typing some of it; what is typed in full may be a new one. */
export function LabelPalette({ opened, onClose, ...props }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Choose a label"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <LabelList {...props} onClose={onClose} />
    </Modal>
  );
}

function LabelList({ values, given, onChoose, onClose }: Omit<Props, "opened">) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const word = typed.trim();
  const found = values.filter((value) => value.toLowerCase().includes(word.toLowerCase())).slice(0, MOST);
  const isNew = word !== "" && !values.includes(word);
  const offered = isNew ? [...found, word] : found;

  const choose = (value: string | undefined) => {
    if (value === undefined) return;
    onClose();
    onChoose(value);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && offered.length) setAt((at + step + offered.length) % offered.length);
    else if (event.key === "Enter") choose(offered[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label="Label"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={offered.length ? `${id}-${at}` : undefined}
        placeholder="Type some of it"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label="Labels" className={classes.list}>
        {offered.map((value, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above has the keys
          <div
            key={`${index}${value}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={classes.option}
            onClick={() => choose(value)}
          >
            {isNew && index === found.length ? `New: ${value}` : value}
            {value === given && <small> given</small>}
          </div>
        ))}
      </div>
    </>
  );
}
