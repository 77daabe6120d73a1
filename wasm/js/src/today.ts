/** The clock, which the engine has not. */

/** This device's day, `YYYY-MM-DD`. */
function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The same request, `now` filled in if it names no day. What is no object is left for the engine to refuse. */
export function withToday<T extends { now?: string | null }>(request: T): T {
  if (typeof request !== "object" || request === null || Array.isArray(request)) return request;
  return { ...request, now: request.now ?? today() };
}
