/**
 * Writes ONNX files: field numbers are those of `onnx.proto`, IR version 8.
 * @module
 */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Attribute } from "../graph/value.ts";
import { DATA_TYPES } from "../graph/data_type.ts";
import {
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
  OPSET,
} from "./model.ts";

const IR_VERSION = 8;

/** Encodes a model as the bytes of an ONNX file. */
export function encode({ graph, doc }: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  integer(writer, 1, IR_VERSION);
  text(writer, 2, "lowerbound");
  if (doc !== undefined) text(writer, 6, doc);
  message(writer, 7, () => writeGraph(writer, graph));
  for (const [domain, version] of domainsOf(graph)) {
    message(writer, 8, () => {
      text(writer, 1, domain);
      integer(writer, 2, version);
    });
  }
  return writer.finish();
}

function domainsOf({ nodes }: OnnxGraph): ReadonlyMap<string, number> {
  const domains = new Map([["", OPSET]]);
  for (const { domain, attributes } of nodes) {
    if (domain !== undefined) domains.set(domain, 1);
    for (const attribute of Object.values(attributes)) {
      if (!isGraph(attribute)) continue;
      for (const [name, version] of domainsOf(attribute)) {
        domains.set(name, version);
      }
    }
  }
  return domains;
}

function writeGraph(writer: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) {
    message(writer, 1, () => writeNode(writer, node));
  }
  text(writer, 2, graph.name);
  for (const tensor of graph.tensors) {
    message(writer, 5, () => writeTensor(writer, tensor));
  }
  for (const input of graph.inputs) {
    message(writer, 11, () => writeValue(writer, input));
  }
  for (const output of graph.outputs) {
    message(writer, 12, () => writeValue(writer, output));
  }
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.outputs) text(writer, 2, output);
  text(writer, 4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message(writer, 5, () => {
      text(writer, 1, name);
      writeAttribute(writer, attribute);
    });
  }
  if (node.domain !== undefined) text(writer, 7, node.domain);
}

/** Field 20 says which of the other fields holds the value (AttributeProto.AttributeType). */
function writeAttribute(
  writer: BinaryWriter,
  attribute: Attribute | OnnxGraph,
): void {
  if (typeof attribute === "number") {
    integer(writer, 3, attribute);
    integer(writer, 20, 2);
  } else if (typeof attribute === "string") {
    text(writer, 4, attribute);
    integer(writer, 20, 3);
  } else if (isGraph(attribute)) {
    message(writer, 6, () => writeGraph(writer, attribute));
    integer(writer, 20, 5);
  } else if ("float" in attribute) {
    writer.tag(2, WireType.Bit32).float(attribute.float);
    integer(writer, 20, 1);
  } else {
    for (const item of attribute) integer(writer, 8, item);
    integer(writer, 20, 7);
  }
}

function isGraph(attribute: Attribute | OnnxGraph): attribute is OnnxGraph {
  return typeof attribute === "object" && "nodes" in attribute;
}

function writeTensor(writer: BinaryWriter, tensor: OnnxTensor): void {
  for (const length of tensor.shape) integer(writer, 1, length);
  integer(writer, 2, DATA_TYPES[tensor.dtype]);
  text(writer, 8, tensor.name);
  const { external, bytes } = tensor;
  if (!external) {
    writer.tag(9, WireType.LengthDelimited).bytes(bytes);
    return;
  }
  for (
    const [key, value] of Object.entries({ ...external, length: bytes.length })
  ) {
    message(writer, 13, () => {
      text(writer, 1, key);
      text(writer, 2, `${value}`);
    });
  }
  integer(writer, 14, 1); // TensorProto.DataLocation.EXTERNAL
}

function writeValue(writer: BinaryWriter, value: OnnxValue): void {
  text(writer, 1, value.name);
  message(writer, 2, () => {
    message(writer, 1, () => {
      integer(writer, 1, DATA_TYPES[value.dtype]);
      message(writer, 2, () => {
        for (const length of value.shape) {
          message(writer, 1, () => {
            if (typeof length === "number") integer(writer, 1, length);
            else text(writer, 2, length);
          });
        }
      });
    });
  });
  if (value.doc !== undefined) text(writer, 3, value.doc);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function message(
  writer: BinaryWriter,
  field: number,
  write: () => void,
): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}
