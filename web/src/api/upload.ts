import { api } from "./client";
import { dataOf } from "./dataOf";
import { putFile } from "./putFile";

/** A file and its place in what is dropped: `boot/0001.png` of a folder, its own name otherwise. */
export interface Piece {
  readonly place: string;
  readonly file: File;
}

/** What a person drops or chooses, by its name: one file, or a folder of them. */
export interface Drop {
  readonly name: string;
  readonly isFolder: boolean;
  readonly pieces: readonly Piece[];
}

const AT_ONCE = 4; // of many small files

export function sizeOf(drop: Drop): number {
  return drop.pieces.reduce((sum, { file }) => sum + file.size, 0);
}

/** Send all of it, and return where it lies for the server. What has arrived is removed if it is given up or fails. */
export async function upload(
  drop: Drop,
  onSent: (nBytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const body = { name: drop.name, n_bytes: sizeOf(drop) };
  const begun = await dataOf(api.POST("/api/uploads", { body, signal }));
  try {
    const places = await sendAll(begun.upload, drop.pieces, onSent, signal);
    return drop.isFolder ? begun.folder : (places[0] ?? begun.folder);
  } catch (error) {
    const params = { path: { upload: begun.upload } };
    await api.DELETE("/api/uploads/{upload}", { params }).catch(() => undefined);
    throw error;
  }
}

async function sendAll(
  name: string,
  pieces: readonly Piece[],
  onSent: (nBytes: number) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const sent = pieces.map(() => 0);
  const places: string[] = [];
  let total = 0;
  let next = 0;
  async function work() {
    for (let index = next++, piece = pieces[index]; piece; index = next++, piece = pieces[index]) {
      either.throwIfAborted();
      const address = `/api/uploads/${encodeURIComponent(name)}?name=${encodeURIComponent(piece.place)}`;
      const count = (nBytes: number) => {
        total += nBytes - (sent[index] ?? 0);
        sent[index] = nBytes;
        onSent(total);
      };
      const answer = await putFile(address, piece.file, count, either);
      places[index] = (answer as { source: string }).source;
    }
  }
  const lanes = Array.from({ length: AT_ONCE }, work);
  try {
    await Promise.all(lanes);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(lanes);
    throw error;
  }
  return places;
}
