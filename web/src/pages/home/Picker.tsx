import { Button, type ButtonProps } from "@mantine/core";
import { useRef } from "react";

interface Props {
  children: string;
  variant?: ButtonProps["variant"];
  isFolder?: boolean;
  onPick: (files: File[]) => void;
}

/** A button that opens the system's window for files, or for a folder. */
export function Picker({ children, variant, isFolder = false, onPick }: Props) {
  const input = useRef<HTMLInputElement | null>(null);
  return (
    <>
      <Button {...(variant && { variant })} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={(element) => {
          input.current = element;
          if (element) element.webkitdirectory = isFolder;
        }}
        type="file"
        hidden
        multiple
        aria-label={children}
        onChange={({ target }) => {
          onPick([...(target.files ?? [])]);
          target.value = ""; // so that the same can be chosen again
        }}
      />
    </>
  );
}
