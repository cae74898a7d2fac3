import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { api } from "../../api/client";
import { useAnnounce } from "../../parts/useAnnounce";
import { dataOf } from "../../api/dataOf";
import type { RowLine } from "./types";
import { wordOf } from "./words";

/** Whether somebody else's decision stands in the way: the first key says so, the second overrules it. */
export function useOverruling(): {
  isOthers: (line: RowLine) => boolean;
  mustAsk: (line: RowLine) => boolean;
} {
  const announce = useAnnounce();
  const asked = useRef<string | null>(null);
  const studio = useQuery({ queryKey: ["studio"], queryFn: () => dataOf(api.GET("/api/studio")) });
  const me = studio.data?.person;

  const isOthers = ({ decision }: RowLine) =>
    decision !== null && decision.by !== "" && me !== undefined && decision.by !== me;
  const mustAsk = (line: RowLine) => {
    const { decision } = line;
    if (!decision || !isOthers(line) || asked.current === decision.event_id) return false;
    asked.current = decision.event_id;
    const words = [wordOf(decision.kind), decision.new].filter(Boolean).join(" ");
    announce(`${decision.by} decided: ${words}. Press the key again to overrule.`);
    return true;
  };
  return { isOthers, mustAsk };
}
