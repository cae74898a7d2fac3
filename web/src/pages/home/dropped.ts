import type { Drop, Piece } from "../../api/upload";

const HIDDEN = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/;

/** What was chosen with a file picker: one file as it is, several as a folder of them. */
export function dropOfFiles(files: readonly File[]): Drop | null {
  const [first] = files;
  if (first === undefined) return null;
  if (files.length === 1)
    return { name: first.name, isFolder: false, pieces: [{ place: first.name, file: first }] };
  return { name: "files", isFolder: true, pieces: files.map((file) => ({ place: file.name, file })) };
}

/** What was chosen with a folder picker, whose files say their places as `folder/boot/1.png`. */
export function dropOfFolder(files: readonly File[]): Drop | null {
  const pieces = files
    .map((file) => ({ place: file.webkitRelativePath.split("/").slice(1), file }))
    .filter(({ place }) => !place.some((part) => HIDDEN.test(part)))
    .map(({ place, file }) => ({ place: place.join("/"), file }));
  const name = files[0]?.webkitRelativePath.split("/")[0];
  return name === undefined || pieces.length === 0 ? null : { name, isFolder: true, pieces };
}

/** What was dropped on the page. To be called at once: after the event is over its items are gone. */
export async function dropOfTransfer(transfer: DataTransfer): Promise<Drop | null> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return dropOfFiles([...transfer.files]); // what other programs hand over
  const [first] = entries;
  if (entries.length === 1 && first?.isDirectory) {
    const pieces = await piecesOf(first as FileSystemDirectoryEntry, "");
    return pieces.length === 0 ? null : { name: first.name, isFolder: true, pieces };
  }
  const inside = await Promise.all(entries.map((entry) => piecesOfEntry(entry, "")));
  const pieces = inside.flat();
  return pieces.length > 1
    ? { name: "files", isFolder: true, pieces }
    : dropOfFiles(pieces.map(({ file }) => file));
}

async function piecesOfEntry(entry: FileSystemEntry, above: string): Promise<Piece[]> {
  if (HIDDEN.test(entry.name)) return [];
  const place = above + entry.name;
  if (entry.isDirectory) return piecesOf(entry as FileSystemDirectoryEntry, `${place}/`);
  const file = await new Promise<File>((resolve, reject) => {
    (entry as FileSystemFileEntry).file(resolve, reject);
  });
  return [{ place, file }];
}

async function piecesOf(folder: FileSystemDirectoryEntry, above: string): Promise<Piece[]> {
  const reader = folder.createReader();
  const pieces: Piece[] = [];
  for (;;) {
    // A reader hands out a hundred entries at a time, and none when it is through.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return pieces;
    for (const entry of some) pieces.push(...(await piecesOfEntry(entry, above)));
  }
}
