import { WithProject } from "../../app/WithProject";
import { Page } from "../../parts/Page";
import { Checkpoints } from "./Checkpoints";
import classes from "./HistoryPage.module.css";
import { Timeline } from "./Timeline";

/** Everything that was done, any of which can be taken back; and names for moments to come back to. */
export function HistoryPage() {
  return (
    <WithProject title="History">
      {(project) => (
        <Page
          title="History"
          lead="Everything that was decided, by whom and why. Nothing is ever deleted: taking back is another step, and can be taken back."
        >
          <div key={project} className={classes.columns}>
            <Timeline project={project} />
            <Checkpoints project={project} />
          </div>
        </Page>
      )}
    </WithProject>
  );
}
