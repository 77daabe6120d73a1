// A question that another page asks here. Not in the address: addresses carry no one's words.

let handed = "";

/** The question that 查答 will open with. */
export function handOver(question: string): void {
  handed = question;
}

/** The question handed over, once. */
export function takeHandedOver(): string {
  const question = handed;
  handed = "";
  return question;
}
