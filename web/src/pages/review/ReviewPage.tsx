import { Link } from "react-router";
import type { ProjectState } from "../../app/projectQuery";
import { samplePath } from "../../app/samplePath";
import { WithProject } from "../../app/WithProject";
import { Conditions } from "./Conditions";
import { Desk } from "./Desk";
import { Facets } from "./Facets";
import classes from "./ReviewPage.module.css";
import { SampleDesk } from "./sample/SampleDesk";
import { SavedViews } from "./SavedViews";
import { useAddress } from "./useAddress";

/** One row after the other: what to look at on the left, the rows, and the decision about one of them. */
export function ReviewPage() {
  return (
    <WithProject title="Review">{(project, state) => <Open project={project} state={state} />}</WithProject>
  );
}

function Open({ project, state }: { project: string; state: ProjectState }) {
  const address = useAddress();
  if (address.isSample) return <SampleDesk project={project} state={state} />;
  const { where, sort } = address;
  return (
    <div className={classes.review} data-view={address.view}>
      <aside className={classes.facets} aria-label="Filters">
        <title>Review · emendata Studio</title>
        <h1 className={classes.title} tabIndex={-1}>
          Review
        </h1>
        <Link className={classes.toSample} to={samplePath(project)}>
          Answer the random sample
        </Link>
        <SavedViews project={project} address={address} />
        <Conditions address={address} project={project} />
        <Facets project={project} where={where} onChange={address.setWhere} />
      </aside>
      <Desk key={JSON.stringify([project, where, sort])} project={project} state={state} address={address} />
    </div>
  );
}
