import { assertEquals } from "@std/assert";
import { cacheFolder } from "../../../../pipelines/core/data/cache.ts";

const onLinux = Deno.build.os === "linux";

Deno.test({
  name: "cacheFolder() follows XDG_CACHE_HOME, unless it is relative",
  ignore: !onLinux,
  fn: () => {
    const before = Deno.env.get("XDG_CACHE_HOME") ?? "";
    Deno.env.set("XDG_CACHE_HOME", "/tmp/xdg");
    assertEquals(cacheFolder(), "/tmp/xdg/lowerbound");
    Deno.env.set("XDG_CACHE_HOME", "relative");
    assertEquals(cacheFolder(), `${Deno.env.get("HOME")}/.cache/lowerbound`);
    Deno.env.set("XDG_CACHE_HOME", before); // empty counts as unset
  },
});
