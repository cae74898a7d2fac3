import { expect, test } from "vitest";
import { dropOfFiles, dropOfFolder, dropOfTransfer } from "./dropped";

function file(path: string): File {
  const made = new File(["x"], path.split("/").at(-1) ?? "");
  Object.defineProperty(made, "webkitRelativePath", { value: path });
  return made;
}

/** What a browser hands out for a file, or for a folder, whose reader is through after each hundred. */
function entry(name: string, inside?: FileSystemEntry[]): FileSystemEntry {
  let left = inside;
  return {
    name,
    isDirectory: inside !== undefined,
    file: (take: (file: File) => void) => take(new File(["x"], name)),
    createReader: () => ({
      readEntries: (take: (entries: FileSystemEntry[]) => void) => {
        take(left?.slice(0, 100) ?? []);
        left = left?.slice(100);
      },
    }),
  } as unknown as FileSystemEntry;
}
const transfer = (...entries: FileSystemEntry[]) =>
  ({ items: entries.map((one) => ({ webkitGetAsEntry: () => one })) }) as unknown as DataTransfer;

test("one file is that file, several are a folder", () => {
  expect(dropOfFiles([])).toBeNull();
  expect(dropOfFiles([file("a.csv")])).toMatchObject({ name: "a.csv", isFolder: false });
  const both = dropOfFiles([file("a.csv"), file("b.png")]);
  expect(both).toMatchObject({ isFolder: true, pieces: [{ place: "a.csv" }, { place: "b.png" }] });
});

test("the places in a folder are told from inside of it, without what systems hide there", () => {
  const drop = dropOfFolder(["shoes/boot/1.png", "shoes/.DS_Store", "shoes/__MACOSX/boot/1.png"].map(file));
  expect(drop).toMatchObject({ name: "shoes", isFolder: true });
  expect(drop?.pieces.map(({ place }) => place)).toEqual(["boot/1.png"]);
});

test("all files of a dropped folder are found, more than a hundred too", async () => {
  const pictures = Array.from({ length: 250 }, (_, n) => entry(`${n}.png`));
  const drop = await dropOfTransfer(transfer(entry("shoes", [entry("boot", pictures), entry("Thumbs.db")])));
  expect(drop).toMatchObject({ name: "shoes", isFolder: true });
  expect(drop?.pieces.length).toBe(250);
  expect(drop?.pieces.at(-1)?.place).toBe("boot/249.png");
});

test("a file that is no entry of a disk is taken as it is", async () => {
  const items = [{ webkitGetAsEntry: () => null }];
  const drop = await dropOfTransfer({ items, files: [file("a.csv")] } as unknown as DataTransfer);
  expect(drop).toMatchObject({ name: "a.csv", isFolder: false });
});

test("a dropped file is that file, an empty folder is nothing", async () => {
  expect(await dropOfTransfer(transfer(entry("a.csv")))).toMatchObject({ name: "a.csv", isFolder: false });
  expect(await dropOfTransfer(transfer(entry("empty", [])))).toBeNull();
});
