// Questions to begin with, one click each; a browser test checks that each has a confident answer.

export const OFTEN_ASKED = [
  "失业金能领几个月",
  "退休年龄是多少",
  "养老金要交满多少年",
  "灵活就业怎么交社保",
  "异地就医怎么备案",
  "生育津贴怎么算",
  "工伤认定要什么材料",
  "社保卡丢了怎么办",
  "社保怎么转移",
  "单位不给交社保怎么办",
];
