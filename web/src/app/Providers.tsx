import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { makeQueryClient } from "../api/queries";
import { KeysProvider } from "../keys/KeysProvider";
import { LiveRegion } from "../parts/LiveRegion";
import { Look } from "./Look";

/** What every screen may ask for: answers of the server, keys, colours, a voice for screen readers. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <Look>
        <Notifications position="bottom-right" />
        <KeysProvider>
          <LiveRegion>{children}</LiveRegion>
        </KeysProvider>
      </Look>
    </QueryClientProvider>
  );
}
