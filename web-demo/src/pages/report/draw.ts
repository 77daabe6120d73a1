// Lying bars on a canvas, each with its figure. Of ECharts only what is drawn here is loaded, and only with this page.
// No tooltips: they would need inline styles, which the page's policy forbids; the figures stand beside the bars.

import { BarChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, GridComponent, CanvasRenderer]);

/** One bar. */
export interface Bar {
  name: string;
  value: number;
  /** What stands at its end, and what where there is little room. */
  label: string;
  short: string;
}

/** In letters. */
const NARROW = 24;

/** A chart in an element that has a size. */
export function chart(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: "canvas" });
}

/** Draws the bars, from the top, in the colours and the letters of the element. */
export function draw(on: EChartsType, element: HTMLElement, bars: Bar[]): void {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const size = Number.parseFloat(style.fontSize);
  const text = { color: style.color, fontFamily: style.fontFamily, fontSize: size };
  const labels = bars.map((bar) => (element.clientWidth < NARROW * size ? bar.short : bar.label));
  on.setOption(
    {
      animation: false,
      grid: { left: 0, right: widest(labels, text) + size, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: "value", axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: {
        type: "category",
        data: bars.map((bar) => bar.name),
        inverse: true,
        axisTick: { show: false },
        axisLabel: { ...text, interval: 0 },
        axisLine: { lineStyle: { color: colour("--control-line") } },
      },
      series: [
        {
          type: "bar",
          data: bars.map((bar) => bar.value),
          barMaxWidth: size * 1.6,
          color: colour("--td-brand-color"),
          label: { ...text, show: true, position: "right", formatter: ({ dataIndex }: { dataIndex: number }) => labels[dataIndex] ?? "" },
        },
      ],
    },
    true,
  );
}

/** How wide the widest text is, in pixels. */
function widest(texts: string[], { fontSize, fontFamily }: { fontSize: number; fontFamily: string }): number {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return 0;
  pen.font = `${fontSize}px ${fontFamily}`;
  return Math.max(...texts.map((text) => pen.measureText(text).width));
}
