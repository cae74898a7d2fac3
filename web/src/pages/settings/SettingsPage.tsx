import { Button, Switch, Text, TextInput } from "@mantine/core";
import { changeSettings, resetSettings, useSettings } from "../../app/settings";
import { Page } from "../../parts/Page";
import { ChoiceSetting } from "./ChoiceSetting";
import { KeyEditor } from "./KeyEditor";
import { SettingsSection } from "./SettingsSection";
import { Specimen } from "./Specimen";

export function SettingsPage() {
  const { scheme, contrast, density, singleKeys, numbering, person } = useSettings();
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
      <SettingsSection title="You">
        <TextInput
          label="Your name"
          description="Decisions are written down under it; empty, under the user of this machine."
          maw="24rem"
          maxLength={80}
          value={person}
          onChange={(event) => changeSettings({ person: event.currentTarget.value })}
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
        <ChoiceSetting
          label="Digits choose"
          value={numbering}
          choices={{ likely: "The likeliest of the row", fixed: "Always the same class" }}
          onChoose={(numbering) => changeSettings({ numbering })}
        />
        <KeyEditor />
      </SettingsSection>
    </Page>
  );
}
