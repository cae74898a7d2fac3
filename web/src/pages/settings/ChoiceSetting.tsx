import { SegmentedControl } from "@mantine/core";
import { useId } from "react";
import classes from "./ChoiceSetting.module.css";

interface Props<Value extends string> {
  label: string;
  value: Value;
  choices: Record<Value, string>;
  onChoose: (value: Value) => void;
}

/** One of a few values, all in sight. */
export function ChoiceSetting<Value extends string>({ label, value, choices, onChoose }: Props<Value>) {
  const id = useId();
  return (
    <div className={classes.setting}>
      <span id={id} className={classes.label}>
        {label}
      </span>
      <SegmentedControl
        aria-labelledby={id}
        value={value}
        onChange={onChoose}
        data={(Object.keys(choices) as Value[]).map((value) => ({ value, label: choices[value] }))}
      />
    </div>
  );
}
