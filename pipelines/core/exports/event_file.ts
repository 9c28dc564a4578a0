/**
 * TensorBoard's event files: length-prefixed protobuf messages with masked CRC-32C checksums.
 * @module
 */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** A value that TensorBoard shows, at a step and a time. */
export interface LogEvent {
  /** Seconds since 1970. */
  readonly time: number;
  /** The weight update. */
  readonly step: number;
  /** What is shown. */
  readonly value: LogValue;
}

/** A number, a picture, a text, or the settings of a run. */
export type LogValue =
  | { readonly kind: "scalar"; readonly tag: string; readonly scalar: number }
  | {
    readonly kind: "image";
    readonly tag: string;
    readonly png: Uint8Array;
  }
  | { readonly kind: "text"; readonly tag: string; readonly text: string }
  | {
    readonly kind: "start";
    readonly settings: Readonly<Record<string, Setting>>;
  }
  | { readonly kind: "end"; readonly succeeded: boolean };

/** A setting of a run. */
export type Setting = number | string | boolean;

/**
 * Encodes an event file: first the version of the format, then the events.
 *
 * Source: TensorFlow 2, `event.proto`, `summary.proto`, `tensor.proto`; TensorBoard 2, `plugins/hparams/plugin_data.proto`;
 * TFRecord's framing.
 *
 * @param events What is shown, in order.
 * @param began Seconds since 1970 of the first record.
 * @returns The bytes of a file `events.out.tfevents.*`.
 */
export function encodeEvents(
  events: readonly LogEvent[],
  began: number,
): Uint8Array<ArrayBuffer> {
  const version = message((w) =>
    w.tag(1, WireType.Bit64).double(began)
      .tag(3, WireType.LengthDelimited).string("brain.Event:2")
  );
  const records = [version, ...events.map(encodeEvent)].map(frame);
  const total = records.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const record of records) {
    bytes.set(record, at);
    at += record.length;
  }
  return bytes;
}

type Fill = (writer: BinaryWriter) => unknown;

function message(fill: Fill): Uint8Array {
  const writer = new BinaryWriter();
  fill(writer);
  return writer.finish();
}

function inner(writer: BinaryWriter, field: number, fill: Fill): BinaryWriter {
  return writer.tag(field, WireType.LengthDelimited).bytes(message(fill));
}

function text(
  writer: BinaryWriter,
  field: number,
  value: string,
): BinaryWriter {
  return writer.tag(field, WireType.LengthDelimited).string(value);
}

function whole(
  writer: BinaryWriter,
  field: number,
  value: number,
): BinaryWriter {
  return writer.tag(field, WireType.Varint).int64(value);
}

/** `Event`: wall_time 1, step 2, summary 5 with value 1. */
function encodeEvent({ time, step, value }: LogEvent): Uint8Array {
  return message((w) => {
    w.tag(1, WireType.Bit64).double(time);
    whole(w, 2, step);
    inner(
      w,
      5,
      (summary) => inner(summary, 1, (v) => encodeValue(v, value, time)),
    );
  });
}

/** `Summary.Value`: tag 1, simple_value 2, image 4, tensor 8, metadata 9. */
function encodeValue(
  writer: BinaryWriter,
  value: LogValue,
  time: number,
): void {
  switch (value.kind) {
    case "scalar":
      text(writer, 1, value.tag).tag(2, WireType.Bit32).float(value.scalar);
      return;
    case "image":
      text(writer, 1, value.tag);
      inner(writer, 4, (image) => encodeImage(image, value.png));
      return;
    case "text":
      text(writer, 1, value.tag);
      encodeText(writer, value.text);
      plugin(writer, "text");
      return;
    case "start":
      text(writer, 1, "_hparams_/session_start_info");
      encodeNothing(writer);
      plugin(writer, "hparams", (data) =>
        inner(data, 3, (start) => {
          for (const [name, setting] of Object.entries(value.settings)) {
            inner(start, 1, (entry) =>
              inner(text(entry, 1, name), 2, (v) =>
                encodeSetting(v, setting)));
          }
          start.tag(5, WireType.Bit64).double(time);
        }));
      return;
    case "end":
      text(writer, 1, "_hparams_/session_end_info");
      encodeNothing(writer);
      plugin(
        writer,
        "hparams",
        (data) =>
          inner(data, 4, (end) =>
            whole(end, 1, value.succeeded ? 1 : 2)
              .tag(2, WireType.Bit64).double(time)),
      );
  }
}

/** `Summary.Image`: height 1, width 2, colorspace 3 (4 for RGBA), encoded_image_string 4. */
function encodeImage(writer: BinaryWriter, png: Uint8Array): void {
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  whole(writer, 1, header.getUint32(20));
  whole(writer, 2, header.getUint32(16));
  whole(writer, 3, 4).tag(4, WireType.LengthDelimited).bytes(png);
}

/** `TensorProto`: dtype 1 (7 for strings), tensor_shape 2 with a dim of size 1, string_val 8. */
function encodeText(writer: BinaryWriter, value: string): void {
  inner(writer, 8, (tensor) => {
    whole(tensor, 1, 7);
    inner(tensor, 2, (shape) => inner(shape, 2, (axis) => whole(axis, 1, 1)));
    text(tensor, 8, value);
  });
}

/** A tensor of no floats, which the settings' plugin expects beside its data. */
function encodeNothing(writer: BinaryWriter): void {
  inner(writer, 8, (tensor) => {
    whole(tensor, 1, 1);
    inner(tensor, 2, (shape) => inner(shape, 2, (axis) => whole(axis, 1, 0)));
  });
}

/** `SummaryMetadata`: plugin_data 1 with plugin_name 1 and content 2. */
function plugin(writer: BinaryWriter, name: string, content?: Fill): void {
  inner(writer, 9, (metadata) =>
    inner(metadata, 1, (data) => {
      text(data, 1, name);
      if (content) inner(data, 2, content);
    }));
}

/** `google.protobuf.Value`: number_value 2, string_value 3, bool_value 4. */
function encodeSetting(writer: BinaryWriter, setting: Setting): void {
  if (typeof setting === "number") {
    writer.tag(2, WireType.Bit64).double(setting);
  } else if (typeof setting === "boolean") {
    writer.tag(4, WireType.Varint).bool(setting);
  } else text(writer, 3, setting);
}

/** A record: its length, the length's checksum, the message, its checksum. */
function frame(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, masked(bytes.subarray(0, 8)), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, masked(data), true);
  return bytes;
}

/** CRC-32C, rotated by 15 bits and shifted by a constant, as TFRecord asks for. */
function masked(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;
}

/** Remainders of the reversed Castagnoli polynomial. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) {
    rest = rest & 1 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1;
  }
  return rest;
});

/** The cyclic redundancy check of RFC 3720, appendix B.4. */
export function crc32c(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum = TABLE[(sum ^ byte) & 255]! ^ (sum >>> 8); // 256 remainders
  }
  return (sum ^ 0xffffffff) >>> 0;
}
