/**
 * How large a learning rate a kind of model bears, in words.
 * @module
 */
import type { StableKind, StableRate } from "./norm_study_entries.ts";

/**
 * Says with which learning rates a kind of model learns, and what it takes where the short searches find none.
 *
 * @param kind What was found by each search.
 * @returns One or two sentences.
 */
export function stabilitySentence({ kind, rates }: StableKind): string {
  const short = rates.filter(({ search }) => search !== "patient");
  const patient = rates.find(({ search }) => search === "patient");
  const [first] = short;
  if (first === undefined) return "";
  const found = short.map((rate) =>
    `${rate.stable === 0 ? `none of ${rangeOf(rate)}` : digits(rate.stable)} ${
      warmUpOf(rate)
    }`
  ).join(" and ");
  const sentence =
    `The largest learning rate with which ${kind} learns within ${first.steps} updates is ${found}.`;
  return patient === undefined
    ? sentence
    : `${sentence} ${patientSentence(patient, first)}`;
}

function patientSentence(patient: StableRate, short: StableRate): string {
  const { steps, warmUp, stable, loss } = patient;
  if (stable === 0 || loss === undefined) {
    return `Nor does it learn within ${steps} updates, ${warmUp} of them warm-up, with any of ${
      rangeOf(patient)
    }.`;
  }
  const times = (steps / short.steps).toPrecision(2);
  return `It does learn within ${steps} updates, ${warmUp} of them warm-up: ${times} times as many. The largest rate is then ${
    digits(stable)
  } of ${rangeOf(patient)}, and the last updates cost ${
    loss.toFixed(2)
  } nats per character.`;
}

function warmUpOf({ warmUp }: StableRate): string {
  return warmUp === 0 ? "without warm-up" : `with ${warmUp} updates of warm-up`;
}

function rangeOf({ range: [largest, smallest] }: StableRate): string {
  return `${digits(largest)} to ${digits(smallest)}`;
}

/** Two digits, never with an exponent. */
function digits(rate: number): string {
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(rate)));
  return rate.toFixed(decimals);
}
