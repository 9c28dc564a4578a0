/**
 * Runs that are stopped on purpose.
 * @module
 */
import type { MetricRecord } from "../../pipelines/core/context.ts";
import type { Store } from "../../pipelines/core/run/store.ts";

/** A store, and the signal that aborts the run that writes to it. */
export interface Stopping<S extends Store> {
  readonly store: S;
  readonly signal: AbortSignal;
}

/**
 * Aborts a run with the error "Stopped" once a record is kept.
 *
 * @param store Where the run goes.
 * @param isLast Whether the run ends at a record.
 */
export function stoppingAt<S extends Store>(
  store: S,
  isLast: (record: MetricRecord) => boolean,
): Stopping<S> {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    store: {
      ...store,
      metrics: {
        record: (record) => {
          store.metrics.record(record);
          if (isLast(record)) controller.abort(new Error("Stopped"));
        },
      },
    },
  };
}
