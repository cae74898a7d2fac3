import { Link } from "react-router";
import { EmptyState } from "../../parts/EmptyState";
import { Page } from "../../parts/Page";

/** For an address that leads nowhere. */
export function MissingPage() {
  return (
    <Page title="No such page">
      <EmptyState title="This address leads nowhere" actions={<Link to="/">Go to Home</Link>}>
        Places can be chosen at the left.
      </EmptyState>
    </Page>
  );
}
