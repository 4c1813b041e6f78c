package org.autotuner.insight;

/** How the page looks, in light and in dark. */
final class Style {

    static final String CSS =
            """
            :root{--page:#f4f5f8;--card:#fff;--ink:#1b2130;--soft:#626b80;--rule:#e4e7ee;--axis:#9aa3b5;--dot:#7d93bf;
            --line:#1f4fa3;--mark:#e8590c;--pair:#8d6fc7;
            --c0:#e6e9f1;--c1:#d5dfef;--c2:#b9cdea;--c3:#98b7e2;--c4:#739dd7;--c5:#5083ca;--c6:#316ab8;--c7:#1f519e;--c8:#143a7c}
            @media (prefers-color-scheme:dark){:root{--page:#12151c;--card:#1a1f29;--ink:#e7eaf1;--soft:#99a3b8;--rule:#2b3240;
            --axis:#5d677b;--dot:#6f87b8;--line:#8ab4f8;--mark:#ff9a4d;--pair:#b39ae6;
            --c0:#262d3b;--c1:#2a3a55;--c2:#2d4870;--c3:#31588c;--c4:#3a6ba8;--c5:#4d82c2;--c6:#6b9dd8;--c7:#94bcea;--c8:#c4dcf8}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
            main{max-width:1128px;margin:0 auto;padding:32px 20px 56px}
            header{margin-bottom:20px}
            h1{font-size:26px;line-height:1.25;margin:0;letter-spacing:-.01em;overflow-wrap:anywhere}
            header p{margin:4px 0 0;color:var(--soft)}
            h2{font-size:17px;margin:0 0 2px}
            section{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:20px 24px;margin:0 0 18px}
            .note{margin:0 0 12px;color:var(--soft);font-size:13.5px;max-width:80ch}
            .bars+.note{margin:14px 0 0}
            .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:14px;margin:0 0 18px}
            .tile{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:14px 18px}
            .tile b{display:block;font-size:23px;font-weight:650;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
            .tile.lead b{color:var(--mark)}
            .tile span{color:var(--soft);font-size:13px}
            .wide{overflow-x:auto}.wide svg{min-width:720px}
            .many{display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));gap:14px 18px}
            svg{display:block;width:100%;height:auto;font:11px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
            .tick{fill:var(--soft)}.label{fill:var(--soft);font-size:12px}.strong{fill:var(--ink);font-weight:600}
            .end{text-anchor:end}.middle{text-anchor:middle}
            .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
            .grid{stroke:var(--rule)}.axis{stroke:var(--axis)}
            .dot{fill:var(--dot);fill-opacity:.55}.out{fill:none;stroke:var(--dot)}
            .dot:hover,.spot:hover{fill:var(--mark);fill-opacity:1}
            .best{fill:none;stroke:var(--line);stroke-width:2.2}.mean{fill:none;stroke:var(--line);stroke-width:2.2;stroke-linejoin:round}
            .better{fill:var(--mark);stroke:var(--card);stroke-width:1.5}
            .spot{fill:var(--ink);fill-opacity:.5;stroke:var(--card);stroke-width:.6}
            .thread{fill:none;stroke:var(--c);stroke-width:1.2;stroke-opacity:.75}
            .thread:hover{stroke:var(--mark);stroke-width:3;stroke-opacity:1}
            .first{--c:var(--mark)}.thread.first{stroke-width:2.6;stroke-opacity:1}
            .cell{fill:var(--c);shape-rendering:crispEdges}.cell:hover{fill-opacity:.8}
            .c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}.c4{--c:var(--c4)}
            .c5{--c:var(--c5)}.c6{--c:var(--c6)}.c7{--c:var(--c7)}.c8{--c:var(--c8)}
            .chip{display:inline-block;width:12px;height:12px;border-radius:3px;background:var(--c);margin-right:6px;vertical-align:-1px}
            .legend{margin:10px 0 0;color:var(--soft);font-size:13px}.legend .chip{margin:0 1px}
            .bars{display:grid;grid-template-columns:minmax(90px,max-content) 1fr max-content;gap:8px 14px;align-items:center;margin-top:10px}
            .name{text-align:right;overflow-wrap:anywhere}.track{background:var(--rule);border-radius:4px;height:16px}
            .bar{background:var(--line);border-radius:4px;height:16px;min-width:2px}.bar.pair{background:var(--pair)}
            .amount{font-variant-numeric:tabular-nums;font-weight:600}.amount span{font-weight:400;color:var(--soft);font-size:13px}
            table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
            th,td{text-align:left;padding:6px 14px 6px 0;border-bottom:1px solid var(--rule);white-space:nowrap}
            th{color:var(--soft);font-weight:600}tbody tr:first-child td{font-weight:650}
            details{margin-top:14px}summary{cursor:pointer;font-weight:600}li{overflow-wrap:anywhere}
            @media print{section,.tile{break-inside:avoid}}
            """;

    private Style() {}
}
