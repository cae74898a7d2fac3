import { Correction } from "../../parts/Correction";
import { EmptyState } from "../../parts/EmptyState";
import { Page } from "../../parts/Page";
import classes from "./HomePage.module.css";

export function HomePage() {
  return (
    <Page
      title="Home"
      heading={
        <span className={classes.promise}>
          Find what is wrong in your data, see why, and put it right:{" "}
          <Correction given="shoe" suggested="boot" />
        </span>
      }
    >
      <EmptyState title="Open a dataset">
        <p>
          Here you will drop a CSV, Parquet, Excel or JSONL file, a ZIP or a folder, and find the datasets
          that you opened before.
        </p>
        <p>
          Your data stay on this machine. Studio never changes your file; what you decide is kept beside it.
        </p>
      </EmptyState>
    </Page>
  );
}
