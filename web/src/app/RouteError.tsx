import { useRouteError } from "react-router";
import { ErrorNotice } from "../parts/ErrorNotice";
import { Page } from "../parts/Page";

/** Stands in for a page that broke, so that the rail and all else go on. */
export function RouteError() {
  return (
    <Page title="This page broke">
      <ErrorNotice
        title="Something went wrong in the page itself, not in your data"
        error={useRouteError()}
        onRetry={() => window.location.reload()}
      />
    </Page>
  );
}
