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
          <div className={classes.columns}>
            <Timeline key={project} project={project} />
            <Checkpoints key={project} project={project} />
          </div>
        </Page>
      )}
    </WithProject>
  );
}
