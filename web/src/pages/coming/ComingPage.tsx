import { useParams } from "react-router";
import { COMING_PLACES } from "../../app/places";
import { EmptyState } from "../../parts/EmptyState";
import { Page } from "../../parts/Page";
import { MissingPage } from "../missing/MissingPage";

/** What a place that is still to come will be for. */
export function ComingPage() {
  const { place: path } = useParams();
  const place = COMING_PLACES.find((candidate) => candidate.path === path);
  if (!place) return <MissingPage />;
  return (
    <Page title={place.title}>
      <EmptyState title="Still to come">{place.purpose}</EmptyState>
    </Page>
  );
}
