import { ApiError } from "./errors";

/** What a call brought; failed calls have thrown by themselves. */
export async function dataOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  if (data === undefined) throw new ApiError(0, "The server's answer was empty.");
  return data;
}
