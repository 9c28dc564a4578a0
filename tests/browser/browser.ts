import { chromiumPath } from "./chromium.ts";

/** What the browser tells or answers; chromedevtools.github.io/devtools-protocol names each method's parameters. */
export type Parameters = Readonly<Record<string, unknown>>;

/** A tab of the browser. */
export interface Tab {
  /** Calls a method of the DevTools protocol. */
  readonly send: (
    method: string,
    parameters?: Parameters,
  ) => Promise<Parameters>;
  /** Closes the tab. */
  readonly close: () => Promise<void>;
}

/** A browser without a window, driven over the DevTools protocol. */
export interface Browser extends AsyncDisposable {
  /** Opens an empty tab; events of the tab are told to `onEvent`. */
  readonly newTab: (
    onEvent: (method: string, parameters: Parameters) => void,
  ) => Promise<Tab>;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Parameters;
  readonly result?: Parameters;
  readonly error?: { readonly message: string };
}

/** Starts Chromium with a profile in an empty folder. */
export async function startBrowser(profile: string): Promise<Browser> {
  const child = new Deno.Command(chromiumPath!, { // the program is started only where there is one
    args: [
      "--headless=new",
      "--no-sandbox", // as root, there is none
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--no-first-run",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      "about:blank",
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const socket = new WebSocket(await addressOf(child));
  await new Promise((resolve) => socket.onopen = resolve);
  const waiting = new Map<number, PromiseWithResolvers<Parameters>>();
  const listeners = new Map<string, (message: Message) => void>();
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as Message; // by the protocol
    const { id, sessionId = "", result, error } = message;
    if (id === undefined) return listeners.get(sessionId)?.(message);
    if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result ?? {});
    waiting.delete(id);
  };
  let calls = 0;
  const send = (
    method: string,
    params: Parameters = {},
    sessionId?: string,
  ) => {
    const id = ++calls;
    const answer = Promise.withResolvers<Parameters>();
    waiting.set(id, answer);
    socket.send(JSON.stringify({ id, method, params, sessionId }));
    return answer.promise;
  };
  return {
    async newTab(onEvent) {
      const { targetId } = await send("Target.createTarget", {
        url: "about:blank",
      });
      const { sessionId } = await send("Target.attachToTarget", {
        targetId,
        flatten: true,
      });
      const session = String(sessionId);
      listeners.set(
        session,
        ({ method = "", params = {} }) => onEvent(method, params),
      );
      return {
        send: (method, parameters) => send(method, parameters, session),
        async close() {
          listeners.delete(session);
          await send("Target.closeTarget", { targetId });
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await send("Browser.close").catch(() => {});
      socket.close();
      await child.status;
    },
  };
}

/** Where the browser listens, which it says on its standard error stream. */
async function addressOf(child: Deno.ChildProcess): Promise<string> {
  const [said, rest] = child.stderr.tee();
  rest.pipeTo(new WritableStream()).catch(() => {}); // a full pipe would stop the browser
  let text = "";
  for await (const piece of said.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const [, address] = /listening on (ws:\S+)/.exec(text) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error(`Expected Chromium to start: ${text}`);
}
