import type { Drop } from "../../api/upload";
import { Icon } from "../../parts/Icon";
import classes from "./DropZone.module.css";
import { dropOfFiles, dropOfFolder, dropOfTransfer } from "./dropped";
import { Picker } from "./Picker";
import { useWindowDrop } from "./useWindowDrop";

interface Props {
  /** Null when there was no file in what was dropped or chosen. */
  onDrop: (drop: Drop | null) => void;
}

/** Where data come in: dropped anywhere on the page, or chosen as a file or a folder. */
export function DropZone({ onDrop }: Props) {
  const isOver = useWindowDrop((transfer) => {
    dropOfTransfer(transfer).then(onDrop, () => onDrop(null));
  });
  return (
    <section className={classes.zone} data-over={isOver || undefined} aria-labelledby="drop">
      <Icon name="open" size={30} />
      <h2 id="drop" className={classes.title}>
        {isOver ? "Let go to open it" : "Drop a file or a folder here"}
      </h2>
      <p className={classes.kinds}>
        CSV, Parquet, Excel, JSONL, SQLite, a ZIP, or a folder of images, sounds or texts
      </p>
      <div className={classes.buttons}>
        <Picker onPick={(files) => onDrop(dropOfFiles(files))}>Choose a file</Picker>
        <Picker variant="default" isFolder onPick={(files) => onDrop(dropOfFolder(files))}>
          Choose a folder
        </Picker>
      </div>
    </section>
  );
}
