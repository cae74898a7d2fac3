import { EmptyState } from "../../parts/EmptyState";
import { Page } from "../../parts/Page";

export function OverviewPage() {
  return (
    <Page title="Overview">
      <EmptyState title="Where to begin">
        Here will stand how many labels look wrong and how sure that is, and the best places to begin, each
        with the rows behind it.
      </EmptyState>
    </Page>
  );
}
