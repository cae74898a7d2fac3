import { ApiError } from "./errors";
import { endSession } from "./session";

/** Send one file to an address; `fetch` cannot say how much has left, so this is an XMLHttpRequest. */
export function putFile(
  address: string,
  file: Blob,
  onSent: (nBytes: number) => void,
  signal: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open("PUT", address);
    request.responseType = "json";
    request.setRequestHeader("X-Emendata", "1");
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onabort = () => reject(new DOMException("The upload was given up.", "AbortError"));
    request.onerror = () => reject(new ApiError(0, "The server went away while the file was being sent."));
    request.onload = () => {
      onSent(file.size);
      if (request.status === 200) return resolve(request.response);
      if (request.status === 401) endSession();
      const body = request.response as { detail?: string } | null;
      reject(
        new ApiError(request.status, body?.detail ?? `The server answered with status ${request.status}.`),
      );
    };
    request.onloadend = () => signal.removeEventListener("abort", abort);
    signal.addEventListener("abort", abort);
    request.send(file);
  });
}
