import { Navigate, useNavigate, useSearchParams } from "react-router";
import { useState } from "react";
import type { Drop } from "../../api/upload";
import { Correction } from "../../parts/Correction";
import { ErrorNotice } from "../../parts/ErrorNotice";
import { Page } from "../../parts/Page";
import { useAnnounce } from "../../parts/useAnnounce";
import { importPath } from "../import/choices";
import { DropZone } from "./DropZone";
import { Examples } from "./Examples";
import classes from "./HomePage.module.css";
import { PathForm } from "./PathForm";
import { RecentProjects } from "./RecentProjects";
import { UploadProgress } from "./UploadProgress";
import { useUpload } from "./useUpload";

/** Where a dataset is opened: dropped, by its path, an example, or one from before. */
export function HomePage() {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const [params] = useSearchParams();
  const [isNothing, setIsNothing] = useState(false);
  const upload = useUpload((source) => void navigate(importPath(source)));

  const source = params.get("source");
  if (source !== null) return <Navigate to={importPath(source)} replace />;

  const take = (drop: Drop | null) => {
    setIsNothing(drop === null);
    if (drop === null) return;
    announce(`Copying ${drop.name}`);
    upload.start(drop);
  };
  const cancel = () => {
    upload.cancel();
    announce("The copy was given up; nothing of it is left.");
  };
  const parts = [
    <RecentProjects key="recent" />,
    <div key="open">
      {upload.sending ? (
        <UploadProgress sending={upload.sending} onCancel={cancel} />
      ) : (
        <DropZone onDrop={take} />
      )}
      {upload.error !== null && <ErrorNotice title="It could not be copied." error={upload.error} />}
      {isNothing && (
        <ErrorNotice
          title="There is nothing in it."
          error="No file was found in what you gave. Choose a file, or a folder that holds some."
        />
      )}
      <PathForm />
      <p className={classes.stay}>
        Your data stay on this machine. Studio never changes your file; what you decide is kept beside it.
      </p>
    </div>,
    <Examples key="examples" />,
  ];
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
      <div className={classes.parts}>{params.has("demo") ? parts.reverse() : parts}</div>
    </Page>
  );
}
