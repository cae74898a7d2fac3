import { Button, Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { useKeyActions } from "../../keys/useKeys";
import { KeyHint } from "../../parts/KeyHint";
import classes from "./DecisionPanel.module.css";

const LONGEST = 10_000;

/** A comment on the row; it decides nothing. Ctrl and Enter send it, Escape leaves the field. */
export function CommentBox({ onComment }: { onComment: (text: string) => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  useKeyActions({ comment: () => field.current?.focus() });

  const send = () => {
    if (text.trim()) onComment(text.trim());
    setText("");
    field.current?.blur();
  };
  return (
    <form
      className={classes.comment}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={field}
        label={
          <>
            Comment <KeyHint action="comment" />
          </>
        }
        size="xs"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <Button type="submit" size="compact-xs" variant="default" disabled={!text.trim()}>
        Add the comment
      </Button>
    </form>
  );
}
