// Measures what a person sees of Review, from inside the page. Times are milliseconds of the browser's own clock.
(() => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const grid = () => document.querySelector("[role=grid]");
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    const view = grid().getBoundingClientRect();
    const [top, bottom] = [Math.max(view.top, 0), Math.min(view.bottom, innerHeight)];
    return box.height > 0 && box.bottom > top + 1 && box.top < bottom - 1;
  };
  const rows = () => [...document.querySelectorAll("[role=rowgroup] [role=row]")].filter(seen);
  const indexOf = (row) => Number(row.getAttribute("aria-rowindex")) - 2;
  const isLoaded = (row) => row.querySelector("input[type=checkbox]") !== null;
  const settled = () => {
    const found = rows();
    return found.length > 3 && found.every(isLoaded) ? found : null;
  };
  const images = () => [...document.querySelectorAll("[role=rowgroup] img")].filter(seen);
  const settledImages = () => {
    const tiles = [...document.querySelectorAll("[role=rowgroup] [role=gridcell]")].filter(seen);
    const found = images();
    return tiles.length > 3 && found.length === tiles.length && found.every((one) => one.naturalWidth > 0)
      ? found
      : null;
  };
  /** Wait for something, and until it is painted; the time that passed since. */
  const until = async (ask, since, most = 60_000) => {
    while (!(grid() && ask())) {
      if (performance.now() - since > most) throw new Error("it did not come into view");
      await frame();
    }
    await frame();
    return performance.now() - since;
  };
  /** Scroll by so many pixels each frame: the time of each, and how many showed no row in the middle. */
  const scroll = async (frames, pixels) => {
    const element = grid();
    const box = element.getBoundingClientRect();
    const times = [];
    let empty = 0;
    let last = await frame();
    for (let i = 0; i < frames; i++) {
      element.scrollTop += pixels;
      const now = await frame();
      times.push(now - last);
      last = now;
      const middle = document.elementFromPoint(box.left + 40, box.top + box.height / 2);
      if (!middle?.closest("[role=row]")) empty++;
    }
    return { times, empty };
  };
  window.measured = {
    firstRows: () => until(settled, 0),
    scroll,
    rowsSettled: () => until(settled, performance.now()),
    imagesSettled: () => until(settledImages, performance.now()),
    jump: async (part) => {
      const element = grid();
      const since = performance.now();
      element.scrollTop = part * (element.scrollHeight - element.clientHeight);
      await frame();
      const time = await until(settled, since);
      return { time, first: indexOf(rows()[0]) };
    },
    selectMiddle: async () => {
      const found = rows();
      const chosen = found[Math.floor(found.length / 2)];
      chosen.click();
      await until(() => chosen.getAttribute("aria-current"), performance.now());
    },
    /** Until the selected row can be decided about. */
    ready: () =>
      until(() => {
        const current = document.querySelector("[role=row][aria-current]");
        const keep = [...document.querySelectorAll("[aria-label=Decide] button")][1];
        const shown = current?.querySelectorAll("[role=gridcell]")[1]?.textContent;
        const titles = [...document.querySelectorAll("h2, h3")].map((one) => one.textContent);
        return keep && !keep.disabled && titles.some((title) => title.split(/\s+/)[1] === shown);
      }, performance.now()),
    /** From the next key to the mark of a decision on the selected row, while it is in view. */
    decision: () => {
      const index = document.querySelector("[role=row][aria-current]").getAttribute("aria-rowindex");
      const isMarked = (row) => row.getAttribute("aria-rowindex") === index && row.textContent.includes("✓");
      return new Promise((done) =>
        addEventListener(
          "keydown",
          ({ timeStamp }) => done(until(() => rows().some(isMarked), timeStamp, 5_000)),
          { capture: true, once: true },
        ),
      );
    },
  };
})();
