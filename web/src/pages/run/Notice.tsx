import { Button } from "@mantine/core";
import { useState } from "react";

/** Offers a message of the system for the end of a run, where the person was not asked yet. */
export function Notice() {
  const [permission, setPermission] = useState(() =>
    "Notification" in window ? Notification.permission : "denied",
  );
  if (permission === "granted") return <span>You will be told when it is done.</span>;
  if (permission === "denied") return null;
  return (
    <Button variant="subtle" onClick={() => void Notification.requestPermission().then(setPermission)}>
      Tell me when it is done
    </Button>
  );
}
