import { formatDuration } from "../../parts/time";
import { MODES, type Mode } from "./choices";
import classes from "./ModeCards.module.css";
import type { Forecasts } from "./useForecasts";

const WORDS: Record<Mode, { title: string; text: string }> = {
  quick: { title: "Quick", text: "Small models and few rounds, for a first look." },
  balanced: { title: "Balanced", text: "All checks with the models that suit the data." },
  thorough: { title: "Thorough", text: "More models, three rounds of each: finds the most." },
};

interface Props {
  mode: Mode;
  forecasts: Forecasts;
  onChange: (mode: Mode) => void;
}

/** How thorough to be, and how long each takes on this machine. */
export function ModeCards({ mode: chosen, forecasts, onChange }: Props) {
  return (
    <fieldset className={classes.modes}>
      <legend>How thorough</legend>
      {MODES.map((mode) => (
        <label key={mode} className={classes.mode}>
          <input
            type="radio"
            name="mode"
            value={mode}
            checked={mode === chosen}
            onChange={() => onChange(mode)}
          />
          <span className={classes.title}>{WORDS[mode].title}</span>{" "}
          <span className={classes.time}>{timeOf(forecasts[mode])}</span>{" "}
          <span className={classes.text}>{WORDS[mode].text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function timeOf(seconds: number | null | undefined): string {
  if (seconds === undefined) return "trying how long it takes…";
  return seconds === null ? "its time is not known" : `about ${formatDuration(seconds)}`;
}
