import { Spotlight, spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { useState } from "react";
import { useNavigate } from "react-router";
import { KEY_MAP } from "../keys/keymap";
import { useKeys } from "../keys/useKeys";
import { Icon } from "../parts/Icon";
import { KeyHint } from "../parts/KeyHint";
import { HOME, PROJECT_PLACES, SETTINGS } from "./places";
import { projectPath, useProject } from "./useProject";

export const openPalette = () => spotlight.open();

/** Every place, and every action that can be done at the moment, found by typing. */
export function Palette() {
  const navigate = useNavigate();
  const project = useProject();
  const keys = useKeys();
  const [active, setActive] = useState(() => keys.active());

  const places = [
    { ...HOME, to: HOME.path },
    ...(project === null
      ? []
      : PROJECT_PLACES.map((place) => ({ ...place, to: projectPath(project, place.path) }))),
    { ...SETTINGS, to: SETTINGS.path },
  ].map(({ title, purpose, icon, to }) => ({
    id: to,
    label: title,
    description: purpose,
    leftSection: <Icon name={icon} />,
    onClick: () => void navigate(to),
  }));
  const actions = KEY_MAP.filter(({ id, group }) => active.has(id) && group !== "Go").map(
    ({ id, label }) => ({
      id,
      label,
      rightSection: <KeyHint action={id} />,
      onClick: () => keys.run(id),
    }),
  );

  return (
    <Spotlight
      actions={[...places, ...actions] satisfies SpotlightActionData[]}
      shortcut={null}
      overlayProps={{ blur: 0 }}
      onSpotlightOpen={() => setActive(keys.active())}
      nothingFound="Nothing is called that"
      searchProps={{ placeholder: "Go to, or do", "aria-label": "Find an action or a place" }}
      scrollable
    />
  );
}
