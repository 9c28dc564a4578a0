/**
 * The look of the pages, in light and in dark.
 * @module
 */
import { type Html, html } from "./html.ts";

/** The style of every page, without its element. Colours of lines: Okabe & Ito 2008, brighter in the dark. */
export const style: Html = html`
  :root{color-scheme:light dark;--ink:#1a1a1a;--note:#5c5c5c;--page:#fff;--card:#f6f6f4;--rule:#dededa;--link:#005a9c;
  --c0:#0072b2;--c1:#d55e00;--c2:#007f5f;--c3:#b5568f;--c4:#a87000;--c5:#3a8fc4;--c6:#000;--c7:#8a7d00;
  --good:#00684e;--bad:#b02a00;--warn:#fff4d6;--warnInk:#5a4000}
  @media(prefers-color-scheme:dark){:root{--ink:#e8e8e6;--note:#a8a8a4;--page:#161616;--card:#222221;--rule:#3a3a38;--link:#7fc1ff;
  --c0:#56b4e9;--c1:#ff8a3c;--c2:#2fcf9f;--c3:#e29ac8;--c4:#f0b429;--c5:#9ad0f5;--c6:#e8e8e6;--c7:#f0e442;
  --good:#4fd6ae;--bad:#ff8f70;--warn:#3a3115;--warnInk:#ffe08a}}
  *{box-sizing:border-box}
  body{font:15px/1.5 system-ui,sans-serif;max-width:1060px;margin:0 auto;padding:20px 16px 48px;color:var(--ink);background:var(--page);overflow-wrap:break-word}
  h1{font-size:24px;line-height:1.25;margin:0}h2{font-size:18px;margin:32px 0 8px;padding-bottom:4px;border-bottom:1px solid var(--rule)}h3{font-size:15px;margin:20px 0 6px}
  a{color:var(--link)}small,.note{color:var(--note);font-size:13px;font-weight:400}p{margin:6px 0}
  .status{display:inline-block;font-size:13px;font-weight:600;padding:1px 9px;border-radius:10px;background:var(--card);border:1px solid currentColor;vertical-align:middle}
  .finished,.inside{color:var(--good)}.failed,.outside{color:var(--bad)}.running{color:var(--link)}.interrupted{color:var(--warnInk)}
  .warn{background:var(--warn);color:var(--warnInk);padding:6px 10px;border-radius:4px;white-space:pre-wrap}
  .scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
  td,th{padding:3px 18px 3px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}th{font-weight:600}thead th{color:var(--note);font-size:13px}
  td.number{text-align:right;white-space:nowrap}tr.differs>*{font-weight:600}.long{min-width:7em;overflow-wrap:anywhere}
  pre{background:var(--card);padding:10px 12px;border-radius:4px;overflow-x:auto;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}
  .panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));gap:18px 24px}
  figure{margin:0}.panel figcaption{font-weight:600;font-size:14px}
  svg{display:block;width:100%;height:auto}svg text{font:11px system-ui,sans-serif;fill:var(--note)}svg .grid{stroke:var(--rule)}
  svg g{stroke:currentColor;fill:none}svg polyline{stroke-width:1.6;stroke-linejoin:round}svg circle{fill:currentColor;stroke:none}
  .c0{color:var(--c0)}.c1{color:var(--c1)}.c2{color:var(--c2)}.c3{color:var(--c3)}.c4{color:var(--c4)}.c5{color:var(--c5)}.c6{color:var(--c6)}.c7{color:var(--c7)}
  g.faint polyline{stroke-dasharray:4 3;stroke-width:1.2}
  .legend{font-size:13px;margin:2px 0 0;display:flex;flex-wrap:wrap;gap:2px 16px}.key i{display:inline-block;width:16px;border-top:3px solid;vertical-align:middle;margin-right:6px}.key.faint i{border-top-style:dashed}.key b{color:var(--ink);font-weight:600;font-variant-numeric:tabular-nums}
  .figures{display:grid;gap:18px;grid-template-columns:minmax(0,1fr)}.figures.many{grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr))}
  .figures img{max-width:100%;height:auto;background:#fff;border-radius:4px;display:block}.figures figcaption{font-size:13px;color:var(--note)}
  details{margin:8px 0}summary{cursor:pointer;color:var(--link)}
  input,select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--rule);border-radius:4px;padding:3px 8px;max-width:100%}
  nav{margin:0 0 12px}form{display:flex;flex-wrap:wrap;gap:8px;margin:10px 0}
  .nowrap{white-space:nowrap}
  .rows td.number{text-align:left;font-weight:600;white-space:normal}
  @media(max-width:600px){.rows thead{display:none}.rows tr{display:block;border-bottom:1px solid var(--rule);padding:4px 0}.rows tr>*{display:block;border:0;padding:0}.rows tr>td:empty{display:none}.rows th{font-weight:400;color:var(--note);font-size:13px}td,th{padding-right:12px}}
  @media print{pre{white-space:pre-wrap}details{display:block}}
`;
