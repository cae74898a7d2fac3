import { SegmentedControl } from "@mantine/core";
import { useKeyActions } from "../../keys/useKeys";
import { KeyHint } from "../../parts/KeyHint";
import { useAnnounce } from "../../parts/useAnnounce";
import classes from "./MarkBar.module.css";
import { modeAfter, modeOf, MODES } from "./modes";
import type { Address } from "./useAddress";

/** How rows are shown, and the key for the next way. */
export function ModeSwitch({ address: { view, setView } }: { address: Address }) {
  const announce = useAnnounce();
  useKeyActions({
    view: () => {
      const next = modeAfter(modeOf(view));
      setView(next.name);
      announce(`${next.title}.`);
    },
  });
  return (
    <div className={classes.modes}>
      <SegmentedControl
        size="xs"
        aria-label="View"
        value={modeOf(view).name}
        onChange={setView}
        data={MODES.map(({ name, title }) => ({ value: name, label: title }))}
      />
      <KeyHint action="view" />
    </div>
  );
}
