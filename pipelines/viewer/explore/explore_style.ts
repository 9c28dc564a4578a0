/**
 * The look of the page to explore a model, beyond that of all pages.
 * @module
 */
import { type Html, html } from "../html.ts";

/** The style, without its element. Colours of ten classes: the d3 scheme of ten, lighter in the dark. */
export const exploreStyle: Html = html`
  :root{--d0:#1f77b4;--d1:#c45a00;--d2:#2a862a;--d3:#d62728;--d4:#8055b0;--d5:#8c564b;--d6:#c4509f;--d7:#666;--d8:#7d7d12;--d9:#0e8794}
  @media(prefers-color-scheme:dark){:root{--d0:#6fb7ea;--d1:#ff9f4a;--d2:#67c967;--d3:#ff7b7b;--d4:#c0a0e8;--d5:#cf9d92;--d6:#f09ad8;--d7:#b5b5b5;--d8:#d2d25a;--d9:#5cd3e0}}
  .tools{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:0 28px}
  .tools section{min-width:0}canvas{display:block;border:1px solid var(--rule);border-radius:4px;width:100%;max-width:330px;height:auto}
  canvas.pixels{image-rendering:pixelated;background:#fff}canvas[tabindex]{touch-action:none;cursor:crosshair}
  .latents{max-width:330px;max-height:210px;overflow-y:auto;margin:10px 0;padding:0 4px}
  .latents label{display:grid;grid-template-columns:2.4em minmax(0,1fr) 3.4em;gap:6px;align-items:center}
  .latents output{text-align:right;font-variant-numeric:tabular-nums}input[type=range]{width:100%;padding:0}
  .d0{color:var(--d0)}.d1{color:var(--d1)}.d2{color:var(--d2)}.d3{color:var(--d3)}.d4{color:var(--d4)}.d5{color:var(--d5)}.d6{color:var(--d6)}.d7{color:var(--d7)}.d8{color:var(--d8)}.d9{color:var(--d9)}
  .row{display:flex;flex-wrap:wrap;gap:6px 12px;margin:8px 0;align-items:center}
  :focus-visible{outline:3px solid var(--link);outline-offset:2px}
`;
