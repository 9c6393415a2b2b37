import { ApiError } from "../api/client";

/** What did not work, why, and what helps. */
export function Problem({ error }: { error: unknown }) {
  if (error === null || error === undefined) {
    return null;
  }
  const shown =
    error instanceof ApiError ? error : new ApiError(0, "Not done", String(error), "Try again.");
  return (
    <p className="problem" role="alert" data-testid="problem">
      <strong>✕ {shown.title}.</strong> {shown.detail}. <em>{shown.remedy}</em>
    </p>
  );
}
