import { Button, Switch, Text } from "@mantine/core";
import { changeSettings, resetSettings, useSettings } from "../../app/settings";
import { KeyList } from "../../keys/KeyList";
import { Page } from "../../parts/Page";
import { ChoiceSetting } from "./ChoiceSetting";
import { SettingsSection } from "./SettingsSection";
import { Specimen } from "./Specimen";

export function SettingsPage() {
  const { scheme, contrast, density, singleKeys } = useSettings();
  return (
    <Page
      title="Settings"
      lead="Kept in this browser."
      actions={
        <Button variant="default" onClick={resetSettings}>
          Set all back
        </Button>
      }
    >
      <SettingsSection title="Looks" aside={<Specimen />}>
        <ChoiceSetting
          label="Colours"
          value={scheme}
          choices={{ system: "As the system", light: "Light", dark: "Dark" }}
          onChoose={(scheme) => changeSettings({ scheme })}
        />
        <ChoiceSetting
          label="Contrast"
          value={contrast}
          choices={{ system: "As the system", normal: "Normal", more: "High" }}
          onChoose={(contrast) => changeSettings({ contrast })}
        />
        <ChoiceSetting
          label="Density"
          value={density}
          choices={{ comfortable: "Comfortable", compact: "Compact" }}
          onChoose={(density) => changeSettings({ density })}
        />
      </SettingsSection>
      <SettingsSection title="Keys">
        <Switch
          label="Single keys"
          aria-describedby="single-keys"
          checked={singleKeys}
          onChange={(event) => changeSettings({ singleKeys: event.currentTarget.checked })}
        />
        <Text id="single-keys" c="dimmed" mt={4} mb="xl" maw="65ch">
          Letters, digits and signs do something without Ctrl. Turn this off if you speak your input, or if
          keys fire that you did not mean.
        </Text>
        <KeyList />
      </SettingsSection>
    </Page>
  );
}
