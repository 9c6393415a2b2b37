package org.orrery.process;

import java.time.Duration;

/**
 * When a child that died unexpectedly is started again: exponential back-off, forgiven after a long
 * enough life. Pure and immutable.
 *
 * @param initialDelay pause before the first restart
 * @param maxDelay upper bound of the pause
 * @param factor growth of the pause per consecutive failure, at least 1
 * @param forgiveAfter a life at least this long resets the count of consecutive failures
 * @param maxConsecutiveFailures give up after this many; 0 means that the first death is final
 */
public record RestartPolicy(
    Duration initialDelay,
    Duration maxDelay,
    double factor,
    Duration forgiveAfter,
    int maxConsecutiveFailures) {

  public RestartPolicy {
    if (initialDelay.isNegative() || maxDelay.compareTo(initialDelay) < 0) {
      throw new IllegalArgumentException(
          "delays must satisfy 0 <= initial <= max: " + initialDelay + ", " + maxDelay);
    }
    if (!(factor >= 1.0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("factor must be finite and at least 1: " + factor);
    }
    if (maxConsecutiveFailures < 0) {
      throw new IllegalArgumentException("negative failure bound: " + maxConsecutiveFailures);
    }
  }

  /**
   * A server that the rest depends on: tried again for as long as Orrery runs.
   *
   * @return 100 ms growing by 2 to 10 s, forgiven after 30 s of life
   */
  public static RestartPolicy persistent() {
    return new RestartPolicy(
        Duration.ofMillis(100),
        Duration.ofSeconds(10),
        2.0,
        Duration.ofSeconds(30),
        Integer.MAX_VALUE);
  }

  /**
   * Never started again.
   *
   * @return the policy
   */
  public static RestartPolicy never() {
    return new RestartPolicy(Duration.ZERO, Duration.ZERO, 1.0, Duration.ZERO, 0);
  }

  /**
   * The count of consecutive failures after one more death.
   *
   * @param failuresBefore count before this death
   * @param uptime how long that life lasted
   * @return 1 when the life was long enough to be forgiven, otherwise one more than before
   */
  public int failuresAfter(int failuresBefore, Duration uptime) {
    boolean forgiven = !forgiveAfter.isZero() && uptime.compareTo(forgiveAfter) >= 0;
    if (forgiven || failuresBefore < 0) {
      return 1;
    }
    return failuresBefore == Integer.MAX_VALUE ? failuresBefore : failuresBefore + 1;
  }

  /**
   * Whether to give up.
   *
   * @param consecutiveFailures the count from {@link #failuresAfter}
   * @return true when no further start is tried
   */
  public boolean givesUpAfter(int consecutiveFailures) {
    return consecutiveFailures > maxConsecutiveFailures;
  }

  /**
   * The pause before the next start.
   *
   * @param consecutiveFailures the count from {@link #failuresAfter}, at least 1
   * @return between {@code initialDelay} and {@code maxDelay}, never shrinking with the count
   */
  public Duration delayAfter(int consecutiveFailures) {
    double grown = initialDelay.toMillis() * Math.pow(factor, Math.max(0, consecutiveFailures - 1));
    return Duration.ofMillis((long) Math.min(grown, maxDelay.toMillis()));
  }
}
