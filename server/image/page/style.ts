import type { Html } from './html.ts';

/**
 * Light, dark and high contrast as the reader has it: an editor's own colours where it gives them, else the system's. Colours
 * are never the only sign.
 */
export const style: Html = {
  text: `
:root { color-scheme: light dark; --back: var(--vscode-editor-background, Canvas); --front: var(--vscode-editor-foreground, CanvasText);
  --line: var(--vscode-contrastBorder, var(--vscode-panel-border, #8886)); --bar: var(--vscode-charts-blue, #3b82c4); }
body.vscode-dark { color-scheme: dark; } body.vscode-light { color-scheme: light; }
body { font: 15px/1.5 var(--vscode-font-family, system-ui, sans-serif); margin: 2rem auto; max-width: 62rem; padding: 0 1rem;
  background: var(--back); color: var(--front); }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin-top: 2rem; overflow-wrap: anywhere; }
a { color: var(--vscode-textLink-foreground, LinkText); }
a:focus-visible { outline: 2px solid var(--vscode-focusBorder, Highlight); outline-offset: 2px; }
.size { font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { overflow-wrap: normal; } td:first-child, th:first-child { white-space: nowrap; }
.bar { display: block; width: min(8rem, 18vw); height: .7rem; border: 1px solid var(--line); margin-top: .35rem; }
.bar rect { fill: var(--bar); }
.map { position: relative; margin: .5rem 0 1rem; }
.map div { position: absolute; box-sizing: border-box; overflow: hidden; border: 1px solid var(--back); container-type: inline-size; color: #111; }
.map span { display: block; font: 11px/15px var(--vscode-font-family, system-ui, sans-serif); padding: 0 3px; white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; }
@container (max-width: 30px) { .map span { display: none; } }
.map .d2 { filter: saturate(.85) brightness(1.06); } .map .d3 { filter: saturate(.7) brightness(1.12); }
.vscode-high-contrast .map div, .vscode-high-contrast-light .map div { background: #fff; border: 1px solid #000; filter: none; }
@media (forced-colors: active) { .map div { border-color: CanvasText; color: CanvasText; } }
.c0 { background: #7fb2e5; } .c1 { background: #f2b36b; } .c2 { background: #9ccb86; } .c3 { background: #e38b8b; }
.c4 { background: #b6a1dc; } .c5 { background: #d9c56b; } .c6 { background: #84cdca; } .c7 { background: #d7a3c4; }
`,
};
