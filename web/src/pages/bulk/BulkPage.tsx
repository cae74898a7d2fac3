import { WithProject } from "../../app/WithProject";
import { BulkDesk } from "./BulkDesk";

/** Many rows at once: which, what becomes of them, how likely that is right, and doing it. */
export function BulkPage() {
  return (
    <WithProject title="Bulk fix">
      {(project, state) => <BulkDesk key={project} project={project} state={state} />}
    </WithProject>
  );
}
