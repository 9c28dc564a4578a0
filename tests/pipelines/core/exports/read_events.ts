/**
 * A reader of event files of its own: it shares nothing with the writer, not even the table of the checksum.
 * @module
 */
import { assertEquals } from "@std/assert";

/** Fields of a protobuf message by number: numbers, or bytes of what is nested. */
export type Fields = ReadonlyMap<number, readonly (bigint | Uint8Array)[]>;

/** Messages of a file, whose checksums are right. */
export function readRecords(bytes: Uint8Array): readonly Fields[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Fields[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true));
    const data = bytes.subarray(at + 12, at + 12 + length);
    assertEquals(
      view.getUint32(at + 8, true),
      masked(bytes.subarray(at, at + 8)),
    );
    assertEquals(view.getUint32(at + 12 + length, true), masked(data));
    records.push(readFields(data));
    at += length + 16;
  }
  return records;
}

/** The fields of a message: varints and fixed numbers as whole numbers. */
export function readFields(bytes: Uint8Array): Fields {
  const fields = new Map<number, (bigint | Uint8Array)[]>();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n;; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const fixed = (length: number) => {
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) {
      value = value << 8n | BigInt(bytes[at + i]!);
    }
    at += length;
    return value;
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const type = key & 7;
    let value: bigint | Uint8Array;
    if (type === 0) value = varint();
    else if (type === 1) value = fixed(8);
    else if (type === 5) value = fixed(4);
    else {
      assertEquals(type, 2);
      const length = Number(varint());
      value = bytes.subarray(at, at += length);
    }
    fields.set(key >> 3, [...fields.get(key >> 3) ?? [], value]);
  }
  return fields;
}

/** The nested message of a field. */
export function nested(fields: Fields, ...path: readonly number[]): Fields {
  return path.reduce(
    (inner, field) => readFields(bytesAt(inner, field)),
    fields,
  );
}

/** The bytes of a field. */
export function bytesAt(fields: Fields, field: number): Uint8Array {
  return fields.get(field)?.[0] as Uint8Array;
}

/** The text of a field. */
export function textAt(fields: Fields, field: number): string {
  return new TextDecoder().decode(bytesAt(fields, field));
}

/** The float or the double of a field. */
export function floatAt(fields: Fields, field: number, bits: 32 | 64): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, fields.get(field)?.[0] as bigint, true);
  return bits === 32 ? view.getFloat32(0, true) : view.getFloat64(0, true);
}

/** CRC-32C bit by bit, then the mask of TFRecord. */
function masked(bytes: Uint8Array): number {
  let sum = 0xffffffffn;
  for (const byte of bytes) {
    sum ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) {
      sum = sum & 1n ? (sum >> 1n) ^ 0x82f63b78n : sum >> 1n;
    }
  }
  sum ^= 0xffffffffn;
  const rotated = (sum >> 15n | sum << 17n) & 0xffffffffn;
  return Number((rotated + 0xa282ead8n) & 0xffffffffn);
}
