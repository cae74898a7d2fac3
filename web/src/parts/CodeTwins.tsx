import { Button, SegmentedControl } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useId, useState } from "react";
import classes from "./CodeTwins.module.css";
import { useAnnounce } from "./useAnnounce";

/** The same action in two ways, as the server's `Code` has it. */
export interface Twins {
  readonly python: string;
  readonly cli: string;
}

const LANGUAGES = { python: "Python", cli: "Command line" } as const;
type Language = keyof typeof LANGUAGES;

interface Props {
  /** What the code does, behind "The code that": "makes this export". */
  does: string;
  code: Twins;
  /** Shown from the start, where the code is what the page is about. */
  startsOpen?: boolean;
}

/** The Python and the command that do what the screen does, behind a button, each ready to be copied. */
export function CodeTwins({ does, code, startsOpen = false }: Props) {
  const [isOpen, setIsOpen] = useState(startsOpen);
  const [language, setLanguage] = useState<Language>("python");
  const clipboard = useClipboard();
  const announce = useAnnounce();
  const id = useId();
  const copy = () => {
    clipboard.copy(code[language]);
    announce(`The ${LANGUAGES[language]} code is copied.`);
  };

  return (
    <section className={classes.twins} aria-label={`The code that ${does}`}>
      <div className={classes.head}>
        <Button
          variant="subtle"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen((before) => !before)}
        >
          {isOpen ? "Hide the code" : `Show the code that ${does}`}
        </Button>
        {isOpen && (
          <>
            <SegmentedControl
              size="xs"
              aria-label="Language of the code"
              value={language}
              onChange={setLanguage}
              data={(Object.keys(LANGUAGES) as Language[]).map((value) => ({
                value,
                label: LANGUAGES[value],
              }))}
            />
            <Button size="compact-sm" variant="default" onClick={copy}>
              {clipboard.copied ? "Copied" : "Copy"}
            </Button>
          </>
        )}
      </div>
      <div id={id} hidden={!isOpen}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines scroll by the arrow keys */}
        <pre className={classes.code} tabIndex={0} aria-label={`${LANGUAGES[language]} code`}>
          <code>{code[language]}</code>
        </pre>
        {clipboard.error && (
          <p role="alert" className={classes.error}>
            The browser did not allow copying. Select the code and press Ctrl and C.
          </p>
        )}
      </div>
    </section>
  );
}
