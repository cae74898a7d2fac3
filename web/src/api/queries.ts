import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./errors";

/** Answers are kept until something changes them; only silence of the server is tried again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        networkMode: "always",
        retry: (failures, error) => failures < 3 && error instanceof ApiError && error.status === 0,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
