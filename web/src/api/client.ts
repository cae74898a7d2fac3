import createClient from "openapi-fetch";
import { currentSettings } from "../app/settings";
import { ApiError, readError } from "./errors";
import type { paths } from "./schema";
import { endSession, resumeSession } from "./session";

/** The server's JSON API. Paths, parameters and answers are typed by `openapi.json`; a failed call throws an ApiError. */
export const api = createClient<paths>({ headers: { "X-Emendata": "1" } });

api.use({
  onRequest({ request }) {
    const { person } = currentSettings();
    if (person) request.headers.set("X-Emendata-Person", encodeURIComponent(person));
  },
  async onResponse({ response }) {
    if (response.ok) return resumeSession();
    if (response.status === 401) endSession();
    throw new ApiError(response.status, await readError(response));
  },
  onError() {
    return new ApiError(0, "The server does not answer. Is emendata studio still running in its terminal?");
  },
});
