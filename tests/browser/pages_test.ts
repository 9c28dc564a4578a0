import { comparisonPage } from "../../pipelines/viewer/report/report_page.ts";
import { attentionPage } from "../../pipelines/viewer/explore/attention/attention_page.ts";
import { denoisingPage } from "../../pipelines/viewer/explore/denoising/denoising_page.ts";
import { explorePage } from "../../pipelines/viewer/explore/vae/explore_page.ts";
import { runReport } from "../../pipelines/viewer/report/run_report.ts";
import { viewRun } from "../../pipelines/viewer/run_view.ts";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { makeRun } from "../pipelines/core/runs/stored_run.ts";
import { attended } from "../pipelines/viewer/explore/attention/attended_toy.ts";
import { denoised } from "../pipelines/viewer/explore/denoising/denoised_toy.ts";
import { explored } from "../pipelines/viewer/explore/vae/explored_toy.ts";
import { findToy, HOSTILE, PIXEL } from "../pipelines/viewer/viewed.ts";
import { chromiumPath, drive, reason } from "./chromium.ts";

const ignore = chromiumPath === undefined;

/** A run whose names would be markup. */
const hostile = {
  record: { task: `hostile ${HOSTILE}`, error: HOSTILE, trace: HOSTILE },
  summary: { [`test/${HOSTILE}`]: 1 },
  metrics: [
    { step: 1, epoch: 1, [HOSTILE]: 1, "train/loss": 2 },
    { step: 2, epoch: 2, [HOSTILE]: 3, "train/loss": 1 },
  ],
  files: { [`figures/${HOSTILE.replaceAll("/", "")}.png`]: PIXEL },
};

Deno.test({
  name:
    `a report opens from the disk, light and dark, wide and narrow${reason}`,
  ignore,
  async fn() {
    using folder = tempFolder();
    const run = `${folder.path}/${HOSTILE.replaceAll("/", "")}`;
    makeRun(run, hostile);
    Deno.writeTextFileSync(`${run}/report.html`, await runReport()(run));
    await drive(
      "drive_report.ts",
      folder.path,
      `${run}/report.html`,
      "hostile",
    );
  },
});

Deno.test({
  name: `a report of three runs opens from the disk${reason}`,
  ignore,
  async fn() {
    using folder = tempFolder();
    const runs = [];
    for (const latent of [2, 3, 5]) {
      const run = `${folder.path}/${latent}`;
      makeRun(run, {
        record: { config: { latent, name: HOSTILE } },
        files: { "figures/a.png": PIXEL },
      });
      runs.push(await viewRun(run, findToy));
    }
    const file = `${folder.path}/all.html`;
    Deno.writeTextFileSync(file, await comparisonPage(runs, () => ""));
    await drive("drive_report.ts", folder.path, file, "3 runs");
  },
});

Deno.test({
  name:
    `the live page shows a run while it goes on, also after a reload${reason}`,
  ignore,
  async fn() {
    using folder = tempFolder();
    const run = `${folder.path}/runs/a run`;
    makeRun(run, { record: { status: "running" } });
    makeRun(`${folder.path}/runs/${HOSTILE.replaceAll("/", "")}`, hostile);
    await drive(
      "drive_watch.ts",
      folder.path,
      `${folder.path}/runs`,
      run,
    );
  },
});

Deno.test({
  name:
    `the page to explore a VAE follows sliders, the map, the plane and the pen${reason}`,
  ignore,
  async fn() {
    using folder = tempFolder();
    const classes = [HOSTILE, "b", "long name"];
    const means = Float32Array.of(2, 1, 0.5, -1, 2, 0, 0.3, -2, 1);
    const page = await explorePage({
      ...explored,
      title: `toy ${HOSTILE}`,
      points: { means, labels: [0, 1, 2], classes },
    });
    const file = `${folder.path}/${HOSTILE.replaceAll("/", "")}.html`;
    Deno.writeTextFileSync(file, page);
    await drive("drive_explore.ts", folder.path, file, "toy");
  },
});

Deno.test({
  name:
    `the page of attention follows text, kind, layer, head, pointer and keys${reason}`,
  ignore,
  async fn() {
    using folder = tempFolder();
    const file = `${folder.path}/attention.html`;
    Deno.writeTextFileSync(file, await attentionPage(attended));
    await drive("drive_attention.ts", folder.path, file);
  },
});

Deno.test({
  name:
    `the page of denoising follows its slider, its choice and time${reason}`,
  ignore,
  async fn() {
    using folder = tempFolder();
    const file = `${folder.path}/denoising.html`;
    Deno.writeTextFileSync(file, await denoisingPage(denoised));
    await drive("drive_denoising.ts", folder.path, file);
  },
});
