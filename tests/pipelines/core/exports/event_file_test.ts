import { assertEquals } from "@std/assert";
import {
  crc32c,
  encodeEvents,
  type LogValue,
} from "../../../../pipelines/core/exports/event_file.ts";
import {
  bytesAt,
  type Fields,
  floatAt,
  nested,
  readFields,
  readRecords,
  textAt,
} from "./read_events.ts";

Deno.test("crc32c() of the digits 1 to 9 is that of RFC 3720's polynomial", () => {
  // The check value of CRC-32/ISCSI in the catalogue of parametrised CRC algorithms.
  assertEquals(crc32c(new TextEncoder().encode("123456789")), 0xe3069283);
  assertEquals(crc32c(new Uint8Array(32)), 0x8a9136aa); // RFC 3720, appendix B.4
});

Deno.test("encodeEvents() writes a scalar as TensorBoard 2.21.0 does, byte for byte", () => {
  // RecordWriter with Event(wall_time=1000.5, file_version="brain.Event:2"), then
  // Event(wall_time=1001.25, step=300, summary=Summary(value=[Value(tag="train/elbo", simple_value=-131.5)]))
  const golden =
    "GAAAAAAAAACjf0siCQAAAAAARI9AGg1icmFpbi5FdmVudDoyq6MzRSEAAAAAAAAAAXvs9gkAAAAAAEqPQBCsAioTChEKCnRyYWluL2VsYm8VAIADw6oSSuo=";
  const value = { kind: "scalar", tag: "train/elbo", scalar: -131.5 } as const;
  const bytes = encodeEvents([{ time: 1001.25, step: 300, value }], 1000.5);
  assertEquals(bytes.toBase64(), golden);
});

/** The value of the only event of a file. */
function written(value: LogValue): Fields {
  const [version, event] = readRecords(
    encodeEvents([{ time: 2.5, step: 7, value }], 1),
  );
  assertEquals(textAt(version!, 3), "brain.Event:2");
  assertEquals(floatAt(event!, 1, 64), 2.5);
  assertEquals(event!.get(2), [7n]);
  return nested(event!, 5, 1);
}

Deno.test("encodeEvents() writes a picture with its size", () => {
  const png = Uint8Array.fromBase64(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAFCAAAAABHxhIHAAAAIUlEQVR4nGNkkFXiZDQV42dgUZHjFWdhlOWVYLJkYZUHABV+AbkTUcI+AAAAAElFTkSuQmCC",
  ); // 5 rows, 4 columns
  const found = written({ kind: "image", tag: "figures/a", png });
  const image = nested(found, 4);
  assertEquals(textAt(found, 1), "figures/a");
  assertEquals([image.get(1), image.get(2), image.get(3)], [[5n], [4n], [4n]]);
  assertEquals(bytesAt(image, 4), png);
});

Deno.test("encodeEvents() writes a text as a tensor of strings", () => {
  const found = written({ kind: "text", tag: "report", text: "größer" });
  const tensor = nested(found, 8);
  assertEquals(tensor.get(1), [7n]); // DT_STRING
  assertEquals(nested(tensor, 2, 2).get(1), [1n]);
  assertEquals(textAt(tensor, 8), "größer");
  assertEquals(textAt(nested(found, 9, 1), 1), "text");
});

Deno.test("encodeEvents() writes settings by their types, and how the run ended", () => {
  const settings = { epochs: 20, data: "mnist", average: true };
  const found = written({ kind: "start", settings });
  assertEquals(textAt(found, 1), "_hparams_/session_start_info");
  const start = nested(found, 9, 1, 2, 3);
  const entries = start.get(1)!.map((entry) => readFields(entry as Uint8Array));
  assertEquals(entries.map((entry) => textAt(entry, 1)), Object.keys(settings));
  const [epochs, data, average] = entries.map((entry) => nested(entry, 2));
  assertEquals(floatAt(epochs!, 2, 64), 20);
  assertEquals(textAt(data!, 3), "mnist");
  assertEquals(average!.get(4), [1n]);
  for (const [succeeded, status] of [[true, 1n], [false, 2n]] as const) {
    const end = nested(written({ kind: "end", succeeded }), 9, 1, 2, 4);
    assertEquals(end.get(1), [status]); // STATUS_SUCCESS, STATUS_FAILURE
  }
});
