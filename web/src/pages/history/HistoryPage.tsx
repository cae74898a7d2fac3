import { EmptyState } from "../../parts/EmptyState";
import { Page } from "../../parts/Page";

export function HistoryPage() {
  return (
    <Page title="History">
      <EmptyState title="Nothing is ever lost">
        Here will stand everything that was decided, by whom and why, and any of it can be undone.
      </EmptyState>
    </Page>
  );
}
