import { assertEquals } from "@std/assert";
import type { Browser } from "./browser.ts";

/** Milliseconds for which something is waited for. */
const PATIENCE = 15_000;

/** How a page is looked at. */
export interface Looks {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
}

/** A page as a person uses it. */
export interface Page {
  /** Takes a width and a colour scheme. */
  readonly look: (looks: Looks) => Promise<void>;
  /** Computes an expression in the page. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Waits until an expression is true. */
  readonly waitFor: (expression: string) => Promise<void>;
  /** Waits for a text. */
  readonly waitForText: (text: string) => Promise<void>;
  /** Clicks in the middle of an element with the mouse. */
  readonly click: (selector: string, text?: string) => Promise<void>;
  /** Moves the mouse to a place in an element, an expression in which `box` is its rectangle; clicks there if told so. */
  readonly hover: (
    selector: string,
    place: string,
    act?: "click",
  ) => Promise<void>;
  /** Clicks into a field and types. */
  readonly type: (selector: string, text: string) => Promise<void>;
  /** Presses a key, such as `ArrowLeft`, where the focus is. */
  readonly press: (key: string) => Promise<void>;
  /** Loads the page anew. */
  readonly reload: () => Promise<void>;
  /** Refuses what must be moved sideways to be read. */
  readonly expectNoSideways: () => Promise<void>;
  /** How light the page is, from 0 to 255. */
  readonly lightness: () => Promise<number>;
  /** Refuses errors and warnings of the page, dialogs, and requests to anywhere but `origin`. */
  readonly expectClean: (origin: string) => void;
  /** Closes the page. */
  readonly close: () => Promise<void>;
}

/** Opens an address. */
export async function openPage(
  browser: Browser,
  address: string,
  looks: Looks = {},
): Promise<Page> {
  const faults: string[] = [];
  const asked: string[] = [];
  const { send, close } = await browser.newTab((method, parameters) => {
    const text = JSON.stringify(parameters);
    if (method === "Network.requestWillBeSent") {
      asked.push((parameters["request"] as { readonly url: string }).url);
    }
    const isFault = method === "Runtime.exceptionThrown" ||
      method === "Page.javascriptDialogOpening" ||
      method === "Log.entryAdded" ||
      method === "Runtime.consoleAPICalled";
    if (isFault) faults.push(`${method}: ${text}`);
  });
  for (const domain of ["Page", "Runtime", "Network", "Log"]) {
    await send(`${domain}.enable`);
  }
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    }) as {
      readonly result: { readonly value?: unknown };
      readonly exceptionDetails?: unknown;
    };
    if (exceptionDetails) {
      throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    }
    return result.value;
  };
  const waitFor = async (expression: string) => {
    const end = performance.now() + PATIENCE;
    while (!await evaluate(expression)) {
      if (performance.now() > end) {
        const text = await evaluate("document.body?.innerText");
        throw new Error(
          `Expected ${expression}\n${faults.join("\n")}\n${text}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const mouse = async (type: string, x: number, y: number) => {
    const event = { type, x, y, button: "left", clickCount: 1 };
    await send("Input.dispatchMouseEvent", event);
  };
  const click = async (selector: string, text = "") => {
    const find = `[...document.querySelectorAll(${
      JSON.stringify(selector)
    })].find((one) => one.textContent.includes(${JSON.stringify(text)}))`;
    await waitFor(`${find} !== undefined`);
    const [x = 0, y = 0] = await evaluate(
      `(() => { const one = ${find}; one.scrollIntoView({ block: "center" }); const { x, y, width, height } = one.getBoundingClientRect(); return [x + Math.min(width / 2, 20), y + height / 2]; })()`,
    ) as readonly number[];
    await mouse("mousePressed", x, y);
    await mouse("mouseReleased", x, y);
  };
  const look = async ({ width, scheme }: Looks) => {
    if (width !== undefined) {
      await send("Emulation.setDeviceMetricsOverride", {
        width,
        height: 900,
        deviceScaleFactor: 1,
        mobile: false,
      });
    }
    if (scheme !== undefined) {
      const features = [{ name: "prefers-color-scheme", value: scheme }];
      await send("Emulation.setEmulatedMedia", { features });
    }
  };
  const loaded = () => waitFor(`document.readyState === "complete"`);
  await look({ width: 1040, scheme: "light", ...looks });
  await send("Page.navigate", { url: address });
  await waitFor(`location.href !== "about:blank"`);
  await loaded();
  return {
    look,
    evaluate,
    waitFor,
    waitForText: (text) =>
      waitFor(`document.body?.innerText.includes(${JSON.stringify(text)})`),
    click,
    async hover(selector, place, act) {
      const [x = 0, y = 0] = await evaluate(
        `(() => { const one = document.querySelector(${
          JSON.stringify(selector)
        }); one.scrollIntoView({ block: "center" }); const box = one.getBoundingClientRect(); const [x, y] = ${place}; return [box.x + x, box.y + y]; })()`,
      ) as readonly number[];
      await mouse("mouseMoved", x, y);
      if (act === undefined) return;
      await mouse("mousePressed", x, y);
      await mouse("mouseReleased", x, y);
    },
    async type(selector, text) {
      await click(selector);
      await send("Input.insertText", { text });
    },
    async press(key) {
      for (const type of ["keyDown", "keyUp"]) {
        await send("Input.dispatchKeyEvent", { type, key });
      }
    },
    async reload() {
      await send("Page.reload");
      await loaded();
    },
    async expectNoSideways() {
      const [wide = 0, window = 0] = await evaluate(
        "[document.documentElement.scrollWidth, innerWidth]",
      ) as readonly number[];
      assertEquals(wide <= window, true, `${wide} pixels in ${window}`);
    },
    async lightness() {
      const color = await evaluate(
        "getComputedStyle(document.body).backgroundColor",
      );
      return Number(/\d+/.exec(String(color))?.[0]);
    },
    expectClean(origin) {
      assertEquals(faults, []);
      assertEquals(
        asked.filter((url) =>
          !url.startsWith(origin) && !url.startsWith("data:")
        ),
        [],
      );
      assertEquals(asked.length > 0, true);
    },
    close,
  };
}
