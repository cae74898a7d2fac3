import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver } from "@mantine/core";
import type { Density } from "./settings";

/** Mantine's theme: its components in our colours and letters. */
export function themeOf(density: Density) {
  return createTheme({
    scale: density === "compact" ? 0.9 : 1,
    primaryColor: "verdigris",
    primaryShade: { light: 7, dark: 3 },
    variantColorResolver: (input) => {
      const colors = defaultVariantColorsResolver(input);
      return input.variant === "filled" ? { ...colors, color: "var(--em-paper)" } : colors;
    },
    fontFamily: "var(--em-sans)",
    fontFamilyMonospace: "var(--em-mono)",
    headings: { fontFamily: "var(--em-serif)", fontWeight: "560" },
    defaultRadius: "var(--em-radius)",
    respectReducedMotion: true,
    components: {
      SegmentedControl: {
        styles: {
          root: { background: "var(--em-sunken)" },
          indicator: { background: "var(--em-surface)", border: "1px solid var(--em-rule-strong)" },
        },
      },
      Modal: {
        styles: {
          content: { background: "var(--em-surface)" },
          header: { background: "var(--em-surface)" },
          title: { fontFamily: "var(--em-serif)", fontSize: "1.3rem", fontWeight: 560 },
        },
      },
    },
    colors: {
      verdigris: [
        "#eaf6f2",
        "#d5ebe4",
        "#a9d6c9",
        "#70c6b1",
        "#56af96",
        "#3f9f85",
        "#2c8a72",
        "#0f6b5c",
        "#0b574b",
        "#07443b",
      ],
      minium: [
        "#fdf0ec",
        "#f6e4de",
        "#f3bfb1",
        "#f0957f",
        "#e2725a",
        "#d05a40",
        "#c0452b",
        "#ad361e",
        "#8c2a16",
        "#6b1f0f",
      ],
    },
  });
}

const OURS = {
  "--mantine-color-body": "var(--em-paper)",
  "--mantine-color-text": "var(--em-ink)",
  "--mantine-color-dimmed": "var(--em-ink-soft)",
  "--mantine-color-placeholder": "var(--em-ink-soft)",
  "--mantine-color-anchor": "var(--em-accent)",
  "--mantine-color-error": "var(--em-struck)",
  "--mantine-color-default": "var(--em-surface)",
  "--mantine-color-default-hover": "var(--em-sunken)",
  "--mantine-color-default-color": "var(--em-ink)",
  "--mantine-color-default-border": "var(--em-rule-strong)",
};

/** Gives Mantine's variables the colours of tokens.css, which know of light, dark and high contrast. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: OURS, dark: OURS });
