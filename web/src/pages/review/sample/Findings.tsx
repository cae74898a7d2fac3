import { CodeTwins } from "../../../parts/CodeTwins";
import { formatCount } from "../../../parts/numbers";
import { Reckoned } from "../../overview/Reckoned";
import { Certificates } from "./Certificates";
import classes from "./Sample.module.css";
import type { Sample } from "./types";

/** What the answers say until now: of all labels, of the suggestions, and of the answers themselves. */
export function Findings({ project, sample }: { project: string; sample: Sample }) {
  const { reckoning, rate, certificates, n_repeated, n_changed, code } = sample;
  return (
    <aside className={classes.findings} aria-labelledby="sample-findings">
      <h2 id="sample-findings">What the answers say</h2>
      {reckoning && (
        <ul className={classes.numbers}>
          <Reckoned project={project} reckoning={reckoning} />
        </ul>
      )}
      {reckoning && rate !== null && (
        <p className={classes.soft}>
          The best single guess: {formatCount(Math.round(rate * reckoning.n_labeled))} wrong labels.
        </p>
      )}
      {n_repeated > 0 && (
        <p className={classes.soft}>
          {formatCount(n_repeated)} {n_repeated === 1 ? "question" : "questions"} came twice;{" "}
          {n_changed === 0 ? "none" : formatCount(n_changed)} got another answer.
        </p>
      )}
      <Certificates project={project} certificates={certificates} />
      <CodeTwins does="asks the same sample" code={code} />
    </aside>
  );
}
