import { MantineProvider } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useLayoutEffect, useMemo, type ReactNode } from "react";
import { useSettings } from "./settings";
import { cssVariables, themeOf } from "./theme";

const AT_ONCE = { getInitialValueInEffect: false };

/** Colours, contrast and density, as they were set or as the system has them. */
export function Look({ children }: { children: ReactNode }) {
  const { scheme, contrast, density } = useSettings();
  const systemIsDark = useMediaQuery("(prefers-color-scheme: dark)", false, AT_ONCE);
  const systemWantsMore = useMediaQuery("(prefers-contrast: more)", false, AT_ONCE);
  const isDark = scheme === "system" ? systemIsDark : scheme === "dark";
  const wantsMore = contrast === "system" ? systemWantsMore : contrast === "more";
  const theme = useMemo(() => themeOf(density), [density]);

  useLayoutEffect(() => {
    document.documentElement.dataset.contrast = wantsMore ? "more" : "normal";
    document.documentElement.dataset.density = density;
  }, [wantsMore, density]);

  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme={isDark ? "dark" : "light"}
    >
      {children}
    </MantineProvider>
  );
}
