// SPDX-License-Identifier: Apache-2.0

// The style sheet of reports in HTML.
//
// One column of a readable measure, the system's own typefaces, two inks and one accent. Every
// pair of colours has a contrast of 4.5 : 1 at least (WCAG 2.1, AA), in the light and in the dark.
// On paper stands what was unfolded on the screen, without what only serves the screen.

#include "render/html_style.h"

const char dem_html_style_hash[] = "el5lsORVHgpI6B7d6gU3yicCh7ZlAn419j3ooBX2Sg8=";

static const char *const lines[] = {
    // Colours
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#59636e;--rule:#d5dae0;",
    "--tint:#f4f6f8;--accent:#0b4f8a;--second:#6d9cc8;--warn:#8a4b00;--warn-rule:#d9a860}",
    "@media(prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#e4e7eb;--soft:#a2acb8;",
    "--rule:#363e48;--tint:#1d232a;--accent:#8bbcee;--second:#4a7cab;--warn:#f0b775;",
    "--warn-rule:#8a6330}}",

    // The page
    "*{box-sizing:border-box}",
    "html{font:100%/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",",
    "\"Liberation Sans\",Arial,sans-serif;background:var(--paper);color:var(--ink);",
    "-webkit-text-size-adjust:100%;text-size-adjust:100%}",
    "body{max-width:50rem;margin:0 auto;padding:2.5rem 1.25rem 4rem;overflow-wrap:break-word}",
    "a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}",
    ":focus-visible{outline:2px solid var(--accent);outline-offset:2px}",
    ".skip{position:absolute;left:-100rem}",
    ".skip:focus{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--paper);",
    "border:2px solid var(--accent)}",
    "p,ul,ol,dl,table{margin:0 0 .75rem}",
    "h1,h2,h3,h4,h5{line-height:1.25;margin:0;font-weight:650;text-wrap:balance}",
    "h1{font-size:2rem;letter-spacing:-.01em}",
    ".profile>h2{font-size:1.6rem;margin-top:3.5rem;padding-top:1.5rem;",
    "border-top:3px solid var(--accent)}",
    ".part>h2,.part>h3{font-size:1.3rem;margin:2.75rem 0 1rem;padding-bottom:.3rem;",
    "border-bottom:1px solid var(--rule)}",
    ".part>.block{font-size:1rem;margin:1.75rem 0 .2rem;padding:0;border:0}",
    ".about{color:var(--soft);margin:.35rem 0 0}",
    "nav ul{list-style:none;padding:0;margin:1.25rem 0 0;font-size:.95rem;",
    "display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}",
    ".lead{font-size:1.1rem}",
    "small,.note{font-size:.875rem;color:var(--soft)}",

    // In short
    "table{border-collapse:collapse;width:100%}",
    "th,td{text-align:left;vertical-align:top;padding:.55rem .75rem .55rem 0;",
    "border-bottom:1px solid var(--rule);font-weight:400}",
    "thead th{font-size:.8rem;color:var(--soft);padding-top:0}",
    "th:last-child,td:last-child{padding-right:0}",
    ".number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;width:2rem}",
    ".name{font-weight:600}.name .for{font-weight:400}.ruled-out th{width:50%}",
    ".name a{font-weight:600;text-decoration:none}",
    ".name a:hover{text-decoration:underline}",
    ".for{display:block;color:var(--soft);font-size:.925rem}",
    ".score{width:11rem;white-space:nowrap;font-variant-numeric:tabular-nums}",
    ".score span{display:inline-block;width:2.75rem;text-align:right}",
    ".bar{width:8rem;height:.6rem;vertical-align:baseline}",
    ".bar rect{fill:var(--accent)}",
    ".bar rect:nth-child(even){fill:var(--second)}",
    ".possible{color:var(--warn)}",
    "@media(max-width:34rem){body{padding-top:1.5rem}h1{font-size:1.6rem}",
    "thead .score{white-space:normal}.score{width:4.5rem}",
    ".score .bar{display:block;width:4.5rem;margin-top:.45rem}.score span{width:auto}}",

    // Partners
    ".partner{margin:0 0 2.5rem}",
    ".partner>h3,.partner>h4{font-size:1.15rem;margin-top:2rem}",
    ".rank{color:var(--soft);font-weight:400;font-variant-numeric:tabular-nums}",
    ".partner>h4,.partner>h5,.kind{font-size:1rem}",
    ".partner .block{font-size:1rem;margin:1.1rem 0 .4rem}",
    ".facts{color:var(--soft);margin:.15rem 0 .6rem}",
    ".reasons{list-style:none;padding:0}",
    ".reasons>li{display:grid;grid-template-columns:4.25rem 1fr;gap:0 .75rem;margin-bottom:.6rem}",
    ".part-score{font-variant-numeric:tabular-nums;white-space:nowrap}",
    ".part-score .bar{width:100%;height:.35rem;display:block}",
    ".reasons p{margin:0}",
    ".cites{font-size:.8rem;white-space:nowrap}",
    ".cites a{text-decoration:none}",
    ".cites a:hover{text-decoration:underline}",
    "ol.steps,ol.plain{padding-left:1.6rem}",
    "ul.plain{padding-left:1.2rem}",
    ".steps>li,.plain>li{margin-bottom:.55rem}",
    ".steps label{display:block;padding-left:1.6rem;text-indent:-1.6rem}",
    ".steps input{width:1rem;height:1rem;margin:0 .6rem 0 0;vertical-align:-.12em;",
    "accent-color:var(--accent)}",
    ".steps .note{padding-left:1.6rem}",
    ".note{display:block}",
    ".mind{list-style:none;padding:0}",
    ".mind>li{border-left:3px solid var(--warn-rule);padding-left:.85rem;margin-bottom:.55rem}",
    "details{margin:.15rem 0 .35rem}",
    "summary{cursor:pointer;font-size:.875rem;color:var(--accent);width:fit-content}",
    ".maybe>details>summary{color:inherit;font-size:1rem;width:auto}.maybe{margin-bottom:1.5rem}",
    ".maybe .for{display:block}",
    ".proof{font-size:.9rem;background:var(--tint);padding:.75rem 1rem;margin:.35rem 0 .75rem;",
    "border-radius:.25rem}",
    ".proof>:last-child{margin-bottom:0}.proof li>p{margin:0}",
    ".proof .proof{padding:.25rem 0 0;margin-bottom:.5rem}",
    ".proof ul{padding-left:1.1rem;margin-bottom:.35rem}",
    ".proof li{margin-bottom:.25rem}.proof li:target{background:var(--paper)}",
    "code{font:.875em/1.4 ui-monospace,\"Liberation Mono\",Consolas,monospace;",
    "overflow-wrap:anywhere}",

    // Answers, sources, making
    "dt{font-weight:600;margin-top:.6rem}",
    "dd{margin:0}",
    ".work{margin:.9rem 0 .25rem;font-size:.925rem}",
    ".sources{padding-left:2.25rem;font-size:.925rem}",
    ".sources>li{margin-bottom:.4rem}",
    ".sources :target,.sources>li:target{background:var(--tint)}",
    ".made{font-size:.875rem}",

    // Paper
    "@page{margin:20mm 18mm}",
    "@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--rule:#bbb;",
    "--tint:#f4f6f8;--accent:#0b4f8a;--second:#6d9cc8;--warn:#8a4b00;--warn-rule:#d9a860}",
    "html{font-size:10pt;line-height:1.4}body{max-width:none;padding:0}",
    ".skip,nav{display:none}a{color:inherit;text-decoration:none}",
    "h1,h2,h3,h4,h5,summary,.work,thead,dt{break-after:avoid}",
    ".facts{break-after:avoid}li,tr{break-inside:avoid}p{orphans:3;widows:3}",
    ".profile+.profile{break-before:page}",
    ".how:not([open]){display:none}summary{list-style:none;color:inherit}",
    ".bar rect,.proof,.mind>li{-webkit-print-color-adjust:exact;print-color-adjust:exact}}",
};

void dem_html_style_add(dem_buffer *out)
{
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; ++i) {
    dem_buffer_add_text(out, lines[i]);
    dem_buffer_add_char(out, '\n');
  }
}
