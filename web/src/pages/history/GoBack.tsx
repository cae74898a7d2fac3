import { Button, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { formatCount } from "../../parts/numbers";
import { useAnnounce } from "../../parts/useAnnounce";
import { dataOf } from "../../api/dataOf";
import { differenceQuery } from "./differenceQuery";
import classes from "./HistoryPage.module.css";

interface Props {
  project: string;
  name: string;
  onClose: () => void;
}

/** Before going back to a checkpoint: how many rows that changes. */
export function GoBack({ project, name, onClose }: Props) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const difference = useQuery(differenceQuery(project, name, "now"));
  const back = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/projects/{project}/checkpoints/back", {
          params: { path: { project } },
          body: { name },
        }),
      ),
    onSuccess: () => {
      announce(`Everything stands as at ${name}. It can be undone in the timeline.`);
      void client.invalidateQueries();
      onClose();
    },
  });
  const n = difference.data?.n_rows;
  if (difference.isPending) return null; // so that the button is ready when the focus comes to it
  return (
    <Modal opened onClose={onClose} title={`Go back to ${name}`}>
      {n !== undefined && (
        <p className={classes.sentence}>
          {n === 0
            ? "Nothing was decided since."
            : `${formatCount(n)} rows will stand as they did then. It is one step, and can be undone.`}
        </p>
      )}
      {difference.error && <ErrorNotice title="It could not be compared." error={difference.error} />}
      {back.error && <ErrorNotice title="Nothing was changed." error={back.error} />}
      <div className={classes.acts}>
        <Button data-autofocus disabled={!n} loading={back.isPending} onClick={() => back.mutate()}>
          Go back
        </Button>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </Modal>
  );
}
