import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { Mark } from "../parts/Mark";
import classes from "./SessionEnded.module.css";

/** Stands in for the whole app until the server knows this browser, which opening the address in any tab does. */
export function SessionEnded() {
  useQuery({
    queryKey: ["session"],
    queryFn: async () => (await api.GET("/api/studio")).data ?? null,
    refetchInterval: 3000,
    retry: false,
  });
  return (
    <main className={classes.page}>
      <title>Not connected · emendata Studio</title>
      <Mark size={56} />
      <h1 className={classes.title}>Open the address that the terminal shows</h1>
      <p>
        Studio lets in only the browser that opened its own address, the one with <code>?token=</code> in it.
        This browser has not, or Studio was started again since.
      </p>
      <p>
        Look in the terminal where <code>emendata studio</code> runs and open the address that it shows.
        Nothing that you decided is lost.
      </p>
    </main>
  );
}
