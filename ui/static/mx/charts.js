// Draws each element marked data-chart from the numbers in the JSON beside it, with the colours of the tokens so that
// both themes follow. Without this file, or where drawing fails, the table under the figure says the same.
(() => {
  "use strict";
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const local = document.documentElement.lang === "vi" ? "vi-VN" : "en-GB";
  const say = (value) => (value == null ? "–" : value.toLocaleString(local, { maximumFractionDigits: 3 }));
  const font = '"Be Vietnam Pro", sans-serif';

  function run(spec) {
    const ink = token("--mx-ink"), ink2 = token("--mx-ink-2"), ink3 = token("--mx-ink-3"), line = token("--mx-line"), teal = token("--mx-teal");
    const axis = { axisLine: { lineStyle: { color: token("--mx-line-2") } }, axisTick: { show: false }, axisLabel: { color: ink2, fontFamily: font, fontSize: 12, hideOverlap: true } };
    return {
      animation: false,
      textStyle: { fontFamily: font },
      grid: { left: 8, right: 112, top: 16, bottom: 8, containLabel: true },
      // Rich text: a tooltip of HTML would need style attributes, which the content policy forbids.
      tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: token("--mx-sheet"), borderColor: token("--mx-line-2"), borderWidth: 1, textStyle: { color: ink, fontFamily: font, fontSize: 13 }, valueFormatter: (value) => `${say(value)} ${spec.unit}` },
      xAxis: { type: "time", ...axis, splitLine: { show: false }, axisLabel: { ...axis.axisLabel, formatter: "{MM}/{yyyy}" } },
      yAxis: { type: "value", ...axis, axisLine: { show: false }, splitLine: { lineStyle: { color: line } }, axisLabel: { ...axis.axisLabel, formatter: say } },
      series: spec.series.map((one) => ({
        type: "line", name: one.name, data: one.data, showSymbol: false, connectNulls: true,
        lineStyle: one.dash ? { width: 1.5, type: [5, 4], color: ink3 } : { width: 2.5, color: teal },
        itemStyle: { color: one.dash ? ink3 : teal },
        endLabel: { show: true, formatter: one.label, color: one.dash ? ink2 : teal, fontFamily: font, fontSize: 12, fontWeight: one.dash ? 400 : 600 },
      })),
    };
  }

  const kinds = { run };
  function draw(element) {
    const spec = JSON.parse(element.querySelector("script[type='application/json']").textContent);
    element.replaceChildren();
    const chart = echarts.init(element, null, { renderer: "canvas" });
    const show = () => chart.setOption(kinds[element.dataset.chart](spec), true);
    show();
    new ResizeObserver(() => chart.resize()).observe(element);
    new MutationObserver(show).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  }
  document.querySelectorAll("[data-chart]").forEach(draw);
})();
