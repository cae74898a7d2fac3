import { EmptyState } from "../../parts/EmptyState";
import { Page } from "../../parts/Page";

export function BulkPage() {
  return (
    <Page title="Bulk fix">
      <EmptyState title="Many rows at once">
        Here many rows will be fixed in one step, after a look at a random sample of them has said how often
        that is right.
      </EmptyState>
    </Page>
  );
}
