import { TextInput } from "@mantine/core";
import { useId, useRef, useState } from "react";
import { useKeyActions } from "../../keys/useKeys";
import { KeyHint } from "../../parts/KeyHint";

interface Props {
  fields: readonly { field: string; title: string }[];
  onAdd: (condition: string) => void;
}

/** A condition as it is written: a field, a sign and a value. Escape leaves the field. */
export function AddCondition({ fields, onAdd }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  useKeyActions({ addFilter: () => field.current?.focus() });
  return (
    <form
      style={{ width: "100%" }}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) onAdd(text.trim());
        setText("");
        field.current?.blur();
      }}
    >
      <TextInput
        ref={field}
        size="xs"
        label="Add a filter"
        list={id}
        autoComplete="off"
        placeholder="score<0.2"
        rightSection={<KeyHint action="addFilter" />}
        rightSectionPointerEvents="none"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <datalist id={id}>
        {fields.map((one) => (
          <option key={one.field} value={`${one.field}=`}>
            {one.title}
          </option>
        ))}
      </datalist>
    </form>
  );
}
