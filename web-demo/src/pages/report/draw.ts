// Bars, and a line of shares over them, on a canvas. Of ECharts only what is drawn here is loaded, and only with this page.
// No tooltips: they would need inline styles, which the page's policy forbids; the figures stand beside the bars.

import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

import { percent } from "./share";

use([BarChart, LineChart, GridComponent, LegendComponent, CanvasRenderer]);

/** One bar. */
export interface Bar {
  name: string;
  value: number;
  /** Drawn as a point of a line; `undefined` if the chart has none. */
  share?: number | null;
}

/** What is drawn. */
export interface Drawing {
  bars: Bar[];
  /** What the bars, and the line, count. */
  counts: string;
  shares?: string;
  /** Bars lie, names to their left. */
  lying: boolean;
}

/** Draws into an element that has a size; call the result again to draw anew. */
export function chart(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: "canvas" });
}

export function draw(on: EChartsType, element: HTMLElement, { bars, counts, shares, lying }: Drawing): void {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const text = { color: colour("--chart-text"), fontFamily: style.fontFamily, fontSize: Number.parseFloat(style.fontSize) };
  const names = { type: "category" as const, data: bars.map((bar) => bar.name), inverse: lying, axisTick: { show: false }, axisLabel: { ...text, interval: 0, hideOverlap: !lying }, axisLine: { lineStyle: { color: colour("--line") } } };
  const values = { type: "value" as const, minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour("--line") } } };
  const part = { type: "value" as const, min: 0, max: 1, axisLabel: { show: false }, splitLine: { show: false } };
  on.setOption(
    {
      animation: false,
      textStyle: text,
      grid: { left: 8, right: lying ? 40 : 16, top: shares ? 40 : 24, bottom: 8, containLabel: true },
      legend: { show: shares !== undefined, top: 0, textStyle: text, itemHeight: 10 },
      xAxis: lying ? values : names,
      yAxis: lying ? names : shares ? [values, part] : values,
      series: [
        { name: counts, type: "bar", data: bars.map((bar) => bar.value), barMaxWidth: 36, color: colour("--td-brand-color"), label: { show: true, position: lying ? "right" : "insideTop", ...text, color: lying ? text.color : colour("--td-text-color-anti") } },
        ...(shares
          ? [{ name: shares, type: "line" as const, yAxisIndex: 1, data: bars.map((bar) => bar.share ?? null), color: colour("--chart-line"), symbolSize: 8, label: { show: true, position: "top" as const, ...text, formatter: ({ value }: { value: unknown }) => percent(typeof value === "number" ? value : null) } }]
          : []),
      ],
    },
    true,
  );
}
