import { TextInput } from "@mantine/core";
import { useState } from "react";

interface Props {
  title: string;
  field: string;
  where: readonly string[];
  onChange: (where: string[]) => void;
}

/** Rows whose text contains some words. */
export function FacetText({ title, field, where, onChange }: Props) {
  const [text, setText] = useState("");
  return (
    <form
      data-search
      onSubmit={(event) => {
        event.preventDefault();
        const condition = `${field}~${text.trim()}`;
        if (text.trim() && !where.includes(condition)) onChange([...where, condition]);
        setText("");
      }}
    >
      <TextInput
        size="xs"
        aria-label={`${title} contains`}
        placeholder="contains…"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </form>
  );
}
