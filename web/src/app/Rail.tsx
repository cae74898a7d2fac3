import { Icon } from "../parts/Icon";
import { KeyHint } from "../parts/KeyHint";
import { Mark } from "../parts/Mark";
import { COMING_PLACES, HOME, PROJECT_PLACES, SETTINGS, type Place } from "./places";
import classes from "./Rail.module.css";
import { RailLink } from "./RailLink";
import { projectPath, useProject } from "./useProject";

/** The way to every place, at the left. */
export function Rail({ onHelp }: { onHelp: () => void }) {
  const project = useProject();
  const inProject = (place: Place) => (project === null ? null : projectPath(project, place.path));
  return (
    <nav className={classes.rail} aria-label="Places">
      <div className={classes.wordmark}>
        <Mark />
        <span>emendata</span>
      </div>
      <ul className={classes.group}>
        <RailLink place={HOME} to={HOME.path} />
      </ul>
      <ul className={classes.group} aria-label="This dataset">
        {PROJECT_PLACES.map((place) => (
          <RailLink key={place.path} place={place} to={inProject(place)} />
        ))}
      </ul>
      <h2 className={classes.heading} id="coming">
        Still to come
      </h2>
      <ul className={classes.group} aria-labelledby="coming">
        {COMING_PLACES.map((place) => (
          <RailLink key={place.path} place={place} to={`/coming/${place.path}`} isComing />
        ))}
      </ul>
      <ul className={classes.foot}>
        <li>
          <button type="button" className={classes.link} onClick={onHelp}>
            <Icon name="keys" />
            <span className={classes.title}>Keys</span>
            <span className={classes.key}>
              <KeyHint action="help" />
            </span>
          </button>
        </li>
        <RailLink place={SETTINGS} to={SETTINGS.path} />
      </ul>
    </nav>
  );
}
