import { Modal } from "@mantine/core";
import { formatCount } from "../../parts/numbers";
import { Example } from "./Example";
import type { ExampleProps } from "./examples/view";

interface Props extends ExampleProps {
  opened: boolean;
  onClose: () => void;
}

/** The whole example, as large as the window; Space closes it as it opened it. */
export function ZoomDialog({ opened, onClose, ...example }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={`Row ${formatCount(example.row)} in full`}
      closeButtonProps={{ "aria-label": "Close" }}
      onKeyDown={(event) => {
        if (event.key !== " ") return;
        event.preventDefault();
        onClose();
      }}
    >
      <Example {...example} isLarge />
    </Modal>
  );
}
