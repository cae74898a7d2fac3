import { useEffect, useRef, useState } from "react";
import { sizeOf, upload, type Drop } from "../../api/upload";

/** How far an upload is. */
export interface Sending {
  readonly drop: Drop;
  readonly nBytes: number;
  readonly nSent: number;
}

interface Upload {
  readonly sending: Sending | null;
  readonly error: unknown;
  readonly start: (drop: Drop) => void;
  readonly cancel: () => void;
}

/** Sends what is dropped, one thing at a time; leaving the page gives it up. */
export function useUpload(onArrived: (source: string) => void): Upload {
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const start = (drop: Drop) => {
    const mine = new AbortController();
    controller.current?.abort();
    controller.current = mine;
    const nBytes = sizeOf(drop);
    setError(null);
    setSending({ drop, nBytes, nSent: 0 });
    upload(drop, (nSent) => setSending({ drop, nBytes, nSent }), mine.signal)
      .then(onArrived)
      .catch((reason: unknown) => {
        if (controller.current !== mine) return;
        setSending(null);
        if (!mine.signal.aborted) setError(reason);
      });
  };
  return { sending, error, start, cancel: () => controller.current?.abort() };
}
