import { TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./FacetBox.module.css";
import { between, rangeOf, type Range } from "./conditions";

interface Props {
  title: string;
  field: string;
  where: readonly string[];
  onChange: (where: string[]) => void;
}

/** From which number to which rows are shown: what the histogram's brush does, by typing. */
export function RangeFields({ title, field, where, onChange }: Props) {
  const range = rangeOf(where, field);
  const [typed, setTyped] = useState<Range | null>(null);
  const shown = typed ?? range;
  const apply = () => {
    setTyped(null);
    if (typed && isNumber(typed.from) && isNumber(typed.to) && !isSame(typed, range))
      onChange(between(where, field, typed));
  };
  const input = (end: keyof Range, sign: string) => (
    <TextInput
      size="xs"
      inputMode="decimal"
      aria-label={`${title} ${sign}`}
      placeholder={sign}
      value={shown[end]}
      error={!isNumber(shown[end])}
      onChange={(event) => setTyped({ ...shown, [end]: event.currentTarget.value })}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === "Enter") apply();
        if (event.key === "Escape") {
          setTyped(null);
          event.currentTarget.blur();
        }
      }}
    />
  );
  return (
    <div className={classes.range} role="group" aria-label={`${title}, from and up to`}>
      {input("from", "from")}
      {input("to", "up to")}
    </div>
  );
}

const isNumber = (text: string) => Number.isFinite(Number(text));
const isSame = (a: Range, b: Range) => a.from === b.from && a.to === b.to;
