// The standard's eight parts, as part five of its 编制说明 lists them; docs/standard.zh.md says the same at length.

/** A place in the workbench that serves a part. */
export interface Serves {
  text: string;
  /** Part of 规范, with an id or a rule family. */
  part: "rules" | "flows" | "inspections" | "terms";
  id?: string;
  family?: string;
}

/** One part of the standard. */
export interface Block {
  title: string;
  /** What the 编制说明 says of it. */
  said: string;
  serves: Serves[];
  /** What is not public; `null` if nothing of it is missing here. */
  missing: string | null;
}

export const BLOCKS: Block[] = [
  {
    title: "术语和定义",
    said: "定义了四个术语：社会保险服务相关机构、社会保险咨询服务、社会保险咨询服务形式、社会保险咨询服务体系。",
    serves: [{ text: "四个术语在本产品里的用法", part: "terms" }],
    missing: "定义原文没有公开，这里不替标准下定义。",
  },
  {
    title: "设施设备和咨询服务窗口设置要求",
    said: "规定了设施设备和咨询服务窗口的设置要求。",
    serves: [{ text: "设施设备和窗口自查", part: "inspections", id: "facilities" }],
    missing: "具体要求和数量没有公开；自查项目依据公开的法律和做法，每一项都写明来自哪里。",
  },
  {
    title: "咨询服务人员配置及要求",
    said: "规定了人员配置、人员要求和开展工作的条件。",
    serves: [{ text: "人员自查", part: "inspections", id: "staff" }],
    missing: "学历、学时、人数没有公开，这里没有这些数字。",
  },
  {
    title: "咨询服务内容",
    said: "规定了政策咨询、经办程序咨询、个人权益咨询、引导服务的内容。",
    serves: [
      { text: "政策口径", part: "rules", family: "F" },
      { text: "引导服务", part: "rules", family: "G" },
      { text: "依据与一次性告知", part: "rules", family: "B" },
      { text: "服务内容自查", part: "inspections", id: "content" },
    ],
    missing: null,
  },
  {
    title: "咨询服务形式",
    said: "规定了窗口、电话、信函、网络、新闻媒体五种咨询服务的行为。",
    serves: [{ text: "五种形式各自的流程", part: "flows" }],
    missing: "各形式的具体行为要求没有公开。",
  },
  {
    title: "咨询服务流程",
    said: "规定了窗口、电话、信函、网络、新闻媒体、引导六条流程。",
    serves: [{ text: "六条流程", part: "flows" }],
    missing: "步骤原文没有公开；这里的步骤是本产品按首问负责、一次性告知等公开制度整理的默认步骤，可以改。",
  },
  {
    title: "咨询服务质量要求",
    said: "明确了基本要求、服务时限、服务态度、服务用语、仪容仪表、服务纪律。",
    serves: [
      { text: "服务忌语", part: "rules", family: "W1" },
      { text: "文明用语", part: "rules", family: "W2" },
      { text: "服务时限", part: "rules", family: "T" },
      { text: "个人信息", part: "rules", family: "P" },
      { text: "越权承诺", part: "rules", family: "C" },
      { text: "人员自查（仪容仪表、服务纪律）", part: "inspections", id: "staff" },
    ],
    missing: "条款、时限数字、服务用语附录的逐条语句没有公开。时限是本单位的承诺，不是标准的规定；语句据公开的窗口用语整理。",
  },
  {
    title: "咨询服务质量监督、评价与改进",
    said: "明确了质量监督、质量评价、质量改进。",
    serves: [
      { text: "台账填写", part: "rules", family: "L" },
      { text: "监督、评价与改进自查", part: "inspections", id: "improvement" },
    ],
    missing: "指标和阈值、附录台账样式的栏目没有公开；台账用本产品默认的栏目。",
  },
];
