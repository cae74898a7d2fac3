import { Modal } from "@mantine/core";
import { KeyList } from "./KeyList";

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** All keys in a dialog. */
export function KeyHelp({ opened, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title="Keys"
      closeButtonProps={{ "aria-label": "Close the list of keys" }}
    >
      <KeyList />
    </Modal>
  );
}
