import { useEffect, useEffectEvent, useState } from "react";

export type Connection = "connecting" | "open" | "lost";

/** Listen to a stream of server-sent JSON events; null listens to nothing. The browser reconnects by itself. */
export function useEvents(path: string | null, onEvent: (event: unknown) => void): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");
  const receive = useEffectEvent(onEvent);

  useEffect(() => {
    if (path === null) return;
    const source = new EventSource(path);
    source.onopen = () => setConnection("open");
    source.onerror = () => setConnection("lost");
    source.onmessage = (message: MessageEvent<string>) => receive(JSON.parse(message.data));
    return () => {
      source.close();
      setConnection("connecting");
    };
  }, [path]);

  return connection;
}
