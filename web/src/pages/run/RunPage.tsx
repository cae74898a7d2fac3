import { EmptyState } from "../../parts/EmptyState";
import { Page } from "../../parts/Page";

export function RunPage() {
  return (
    <Page title="Plan and run">
      <EmptyState title="Plan, then run">
        Here you will say what each column is, choose how thorough to be, see how many minutes that takes on
        this machine, and watch the issues being found.
      </EmptyState>
    </Page>
  );
}
