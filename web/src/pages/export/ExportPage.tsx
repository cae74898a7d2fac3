import { EmptyState } from "../../parts/EmptyState";
import { Page } from "../../parts/Page";

export function ExportPage() {
  return (
    <Page title="Export">
      <EmptyState title="Your data, corrected">
        Here the corrected dataset will be saved in its own format, with a list of all changes beside it.
      </EmptyState>
    </Page>
  );
}
