import { Navigate, type RouteObject } from "react-router";
import { RouteError } from "./RouteError";
import { Shell } from "./Shell";

/** Every address of the app. Each page is a file of its own, loaded when it is first opened. */
export const routes: RouteObject[] = [
  {
    element: <Shell />,
    HydrateFallback: () => null,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("../pages/home/HomePage")).HomePage }),
          },
          {
            path: "import",
            lazy: async () => ({ Component: (await import("../pages/import/ImportPage")).ImportPage }),
          },
          {
            path: "projects/:project",
            children: [
              { index: true, element: <Navigate to="overview" replace /> },
              {
                path: "run",
                lazy: async () => ({ Component: (await import("../pages/run/RunPage")).RunPage }),
              },
              {
                path: "overview",
                lazy: async () => ({
                  Component: (await import("../pages/overview/OverviewPage")).OverviewPage,
                }),
              },
              {
                path: "review",
                lazy: async () => ({ Component: (await import("../pages/review/ReviewPage")).ReviewPage }),
              },
              {
                path: "bulk",
                lazy: async () => ({ Component: (await import("../pages/bulk/BulkPage")).BulkPage }),
              },
              {
                path: "history",
                lazy: async () => ({ Component: (await import("../pages/history/HistoryPage")).HistoryPage }),
              },
              {
                path: "export",
                lazy: async () => ({ Component: (await import("../pages/export/ExportPage")).ExportPage }),
              },
            ],
          },
          {
            path: "coming/:place",
            lazy: async () => ({ Component: (await import("../pages/coming/ComingPage")).ComingPage }),
          },
          {
            path: "settings",
            lazy: async () => ({ Component: (await import("../pages/settings/SettingsPage")).SettingsPage }),
          },
          {
            path: "*",
            lazy: async () => ({ Component: (await import("../pages/missing/MissingPage")).MissingPage }),
          },
        ],
      },
    ],
  },
];
