/**
 * The server of the live pages.
 * @module
 */
import { figureFiles } from "../../core/runs/figure_files.ts";
import type { Answer } from "../../core/runs/local_server.ts";
import { style } from "../style.ts";
import type { FindTask } from "../run_view.ts";
import { clientScript } from "./client_script.ts";
import { eventStream } from "./event_stream.ts";
import { type LiveRuns, liveRuns } from "./live_runs.ts";
import { listPage, POLICY, runPage } from "./watch_pages.ts";
import { listParts, listRequest, runParts } from "./watch_parts.ts";

/** The most pages that are kept up to date at a time. */
const MOST_STREAMS = 32;

/**
 * Answers requests for the pages of the runs below a folder: a list, a page for each run, and its figures. Runs and
 * figures are found by their names among those that there are; no path is made from what a browser asks for.
 *
 * @param place The folder of all runs, of which nothing is written.
 * @param find Finds out about a task.
 * @returns A function of a request, for `serveLocally`.
 */
export function watchAnswer(place: string, find: FindTask): Answer {
  const runs = liveRuns(place, find);
  let streams = 0;
  return (url) => {
    const { pathname, searchParams } = url;
    const name = searchParams.get("name");
    switch (pathname) {
      case "/":
        return text(listPage(listRequest(searchParams)), "text/html");
      case "/style.css":
        return text(String(style), "text/css");
      case "/live.js":
        return text(clientScript, "text/javascript");
      case "/run":
        return isKnown(runs, name)
          ? text(runPage(name), "text/html")
          : undefined;
      case "/figure":
        return isKnown(runs, name)
          ? figure(runs, name, searchParams.get("figure"))
          : undefined;
      case "/events": {
        if (name !== null && !isKnown(runs, name)) return undefined;
        if (streams >= MOST_STREAMS) {
          return new Response("Expected fewer pages at a time\n", {
            status: 503,
          });
        }
        streams++;
        const look = name === null
          ? lookAtList(runs, searchParams)
          : lookAtRun(runs, name);
        return eventStream(look, () => streams--);
      }
      default:
        return undefined;
    }
  };
}

function isKnown(runs: LiveRuns, name: string | null): name is string {
  return name !== null && runs.folderOf(name) !== undefined;
}

function lookAtList(runs: LiveRuns, parameters: URLSearchParams) {
  const request = listRequest(parameters);
  return async () => listParts(await runs.rows(), request, Date.now());
}

function lookAtRun(runs: LiveRuns, name: string) {
  return async () => {
    try {
      const live = await runs.view(name);
      return live === undefined
        ? { moment: "This run is gone." }
        : runParts(live, name, Date.now());
    } catch {
      return {}; // being written or removed; the next look may do
    }
  };
}

function figure(
  runs: LiveRuns,
  name: string,
  wanted: string | null,
): Response | undefined {
  const folder = runs.folderOf(name);
  const png = folder === undefined
    ? undefined
    : figureFiles(folder).find((one) => one.name === wanted)?.png();
  return png && new Response(png, { headers: { "content-type": "image/png" } });
}

function text(content: string, type: string): Response {
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy": POLICY,
  };
  return new Response(content, { headers });
}
