/** Drawn for emendata on a grid of 20 by 20, in strokes. */
export const ICONS = {
  open: "M3 6v9.5h14V7.5H9.5L8 5H3zM10 9.5v4M8 11.5l2-2 2 2",
  home: "M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5M8.5 16.5v-4.5h3v4.5",
  run: "M4 4v12M8 6.5l8 3.5-8 3.5z",
  overview: "M3.5 16.5h13M5.5 16.5V11M10 16.5V4M14.5 16.5V8",
  review: "M3.5 4.5h13M3.5 8.5h7M3.5 12.5h5M10 14l2.2 2.2 4.3-5.2",
  bulk: "M3 5.5l1.5 1.5L7 4M3 11l1.5 1.5L7 9.5M3 16.5l1.5 1.5L7 15M10 5.5h7M10 11h7M10 16.5h7",
  history: "M4 6.5A7 7 0 1 1 3 10M3.5 3v4h4M10 6.5V10l2.5 2",
  export: "M10 12.5v-9M6.5 6.5 10 3l3.5 3.5M4 11.5v5h12v-5",
  map: "M5 6a1 1 0 1 0 .01 0M9 4a1 1 0 1 0 .01 0M7.5 9.5a1 1 0 1 0 .01 0M14 10a1 1 0 1 0 .01 0M16 13.5a1 1 0 1 0 .01 0M12.5 14.5a1 1 0 1 0 .01 0",
  pairs: "M3.5 5h5v10h-5zM11.5 5h5v10h-5z",
  duplicates: "M3.5 3.5h9v9h-9zM7.5 12.5v4h9v-9h-4",
  improve: "M3.5 15.5 8 10.5l3 2.5 5.5-7.5M12.5 5h4v4",
  people:
    "M7.5 9.5a2.75 2.75 0 1 0-.01 0M2.5 16.5c0-3 2-4.5 5-4.5s5 1.5 5 4.5M13 9a2.25 2.25 0 1 0-1-4.3M14.5 12c2 .3 3 1.8 3 4",
  learn: "M10 5.5C8.5 4.3 6 4 3 4v11.5c3 0 5.5.3 7 1.5 1.5-1.2 4-1.5 7-1.5V4c-3 0-5.5.3-7 1.5zM10 5.5V17",
  settings: "M3 6h7M14 6h3M12 4v4M3 14h3M10 14h7M8 12v4",
  keys: "M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7",
} as const;

export type IconName = keyof typeof ICONS;
