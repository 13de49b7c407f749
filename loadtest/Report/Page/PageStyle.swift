/// How the page looks. Colours are told apart by the colour-blind (after Okabe and Ito) and have a contrast of 3 to 1
/// or more; dashes and thickness say the same again.
enum PageStyle {
    static let markup = Markup.verbatim(
        """

        :root { --page: #fff; --card: #f6f7f9; --ink: #1b1f24; --soft: #59636e; --rule: #d9dee3; --grid: #e6e9ed;
          --c1: #0067b1; --c2: #00835f; --c3: #c94a00; --c4: #8a5a9e; --heat: #4a90d9;
          --good: #00694b; --bad: #b3261e; --unsure: #8a5700; --warn: #fff4dc; --warn-edge: #d99a00; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #14171b; --card: #1e2329; --ink: #e8ebee; --soft: #a3adb8; --rule: #39414a; --grid: #2a3138;
            --c1: #5eb5f0; --c2: #35c79b; --c3: #ff9450; --c4: #c79ad8; --heat: #4d9fe8;
            --good: #3fd0a2; --bad: #ff8078; --unsure: #f0b440; --warn: #322812; --warn-edge: #d99a00; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif;
          font-variant-numeric: tabular-nums; }
        main { max-width: 1200px; margin: 0 auto; padding: 32px 24px 64px; }
        h1 { font-size: 30px; line-height: 1.25; margin: 8px 0 4px; letter-spacing: -0.01em; text-wrap: balance; }
        h2 { font-size: 20px; margin: 40px 0 12px; }
        h3 { font-size: 16px; margin: 0 0 4px; }
        code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 14px; }
        pre { background: var(--card); padding: 12px 16px; border-radius: 6px; overflow-x: auto; white-space: pre-wrap;
          overflow-wrap: anywhere; }
        code { overflow-wrap: anywhere; }
        .verdict { display: inline-block; margin: 0; padding: 2px 12px; border-radius: 4px; font-weight: 600; color: var(--page);
          background: var(--good); }
        .verdict.bad { background: var(--bad); }
        .verdict.unsure { background: var(--unsure); }
        .what, .note, figcaption, dt, .key span { color: var(--soft); }
        .what { margin: 0; }
        time { white-space: nowrap; }
        .note, figcaption { font-size: 14px; margin: 8px 0 0; max-width: 75ch; }
        .prose { max-width: 75ch; margin: 0; }
        .warnings { margin: 24px 0 0; padding: 12px 20px; background: var(--warn); border-left: 5px solid var(--warn-edge);
          border-radius: 4px; }
        .warnings h2 { font-size: 16px; margin: 0; }
        .warnings ul { margin: 4px 0; padding-left: 20px; overflow-wrap: anywhere; }
        .key { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 24px 0 0; }
        .key div { background: var(--card); border-radius: 6px; padding: 12px 16px; }
        .key dt { font-size: 14px; }
        .key dd { margin: 0; }
        .key strong { display: block; font-size: 24px; line-height: 1.3; white-space: nowrap; }
        .key span { font-size: 14px; }
        .key .bad strong { color: var(--bad); }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr)); gap: 40px 32px;
          margin: 40px 0 0; align-items: start; }
        figure { margin: 0; min-width: 0; }
        figure svg { display: block; width: 100%; height: auto; overflow: visible; }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0 0 6px; font-size: 14px; color: var(--soft); }
        .legend span { display: inline-flex; align-items: center; gap: 6px; }
        .legend svg { width: 24px; height: 10px; flex: none; }
        svg text { font-size: 13px; fill: var(--soft); }
        svg .title { fill: var(--ink); }
        svg .part { font-size: 12px; }
        .grid line { stroke: var(--grid); }
        .axis { stroke: var(--soft); }
        .border { stroke: var(--soft); stroke-dasharray: 2 3; }
        .curve { fill: none; stroke: var(--ink); stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
        .curve.c1 { stroke: var(--c1); }
        .curve.c2 { stroke: var(--c2); }
        .curve.c3 { stroke: var(--c3); }
        .curve.c4 { stroke: var(--c4); }
        .curve.thick { stroke-width: 3.2; }
        .curve.thin { stroke: var(--c1); stroke-width: 1; opacity: 0.55; }
        .curve.dashed { stroke: var(--ink); stroke-width: 1.6; stroke-dasharray: 6 4; stroke-linecap: butt; }
        .curve.dotted { stroke-dasharray: 1.5 4; stroke-width: 2.2; }
        .curve.block { stroke-width: 10; stroke-linecap: butt; }
        .curve.shade { stroke: var(--heat); stroke-width: 10; stroke-linecap: butt; opacity: 0.6; }
        .limit, .curve.limit { stroke: var(--c4); stroke-width: 1.6; stroke-dasharray: 8 3 2 3; }
        .heat { fill: var(--heat); }
        .dot { fill: var(--ink); stroke: var(--ink); stroke-width: 1.6; }
        .dot.c3 { fill: var(--c3); stroke: var(--c3); }
        .dot.hollow { fill: var(--page); }
        .bars { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; align-items: center; font-size: 14px; }
        .bar { display: flex; height: 16px; }
        .bar-label { grid-row: span 2; }
        .bar-value { color: var(--soft); margin-bottom: 6px; }
        .fill.c1 { background: var(--c1); }
        .fill.c2 { background: var(--c2); }
        .fill.c4 { background: var(--c4); }
        .table { overflow-x: auto; }
        table { border-collapse: collapse; font-size: 15px; }
        th { font-weight: 600; text-align: left; color: var(--soft); }
        th, td { padding: 5px 22px 5px 0; border-bottom: 1px solid var(--rule); white-space: nowrap; }
        td { vertical-align: top; }
        .figure { text-align: right; }
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); gap: 10px 24px; margin: 0; }
        .facts dt { font-size: 14px; }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        summary { cursor: pointer; }
        @media (max-width: 640px) {
          main { padding: 20px 16px 48px; }
          h1 { font-size: 24px; }
          figure svg text { font-size: 19px; }
          figure svg .part { display: none; }
          .key { grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); }
          .key strong { font-size: 20px; } }
        @media print { figure, tr { break-inside: avoid; } }

        """)
}
