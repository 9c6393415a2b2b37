package org.orrery.simulator.fault;

import java.util.List;

/**
 * How an amount goes with the time since a fault began. Before its beginning it is 0. Immutable;
 * the same time always gives the same amount.
 */
public sealed interface Profile {
  /** Returns the amount {@code seconds} of plant time after the onset. */
  double at(double seconds);

  /** Returns the same course with every amount multiplied. */
  Profile times(double factor);

  /** At once, and for good. */
  record Step(double amount) implements Profile {
    @Override
    public double at(double seconds) {
      return seconds < 0.0 ? 0.0 : amount;
    }

    @Override
    public Profile times(double factor) {
      return new Step(amount * factor);
    }
  }

  /** Evenly within {@code overSeconds}, and then it stays. */
  record Ramp(double amount, double overSeconds) implements Profile {
    @Override
    public double at(double seconds) {
      if (seconds < 0.0) {
        return 0.0;
      }
      return overSeconds <= 0.0 ? amount : amount * Math.min(1.0, seconds / overSeconds);
    }

    @Override
    public Profile times(double factor) {
      return new Ramp(amount * factor, overSeconds);
    }
  }

  /** Evenly and without an end. */
  record Slope(double perHour) implements Profile {
    @Override
    public double at(double seconds) {
      return perHour * Math.max(0.0, seconds) / 3600.0;
    }

    @Override
    public Profile times(double factor) {
      return new Slope(perHour * factor);
    }
  }

  /** Towards {@code amount} as 1 - exp(-t / {@code timeConstantSeconds}). */
  record Approach(double amount, double timeConstantSeconds) implements Profile {
    @Override
    public double at(double seconds) {
      return amount * -Math.expm1(-Math.max(0.0, seconds) / timeConstantSeconds);
    }

    @Override
    public Profile times(double factor) {
      return new Approach(amount * factor, timeConstantSeconds);
    }
  }

  /**
   * On for {@code lengthSeconds}, again every {@code everySeconds}; once where that is 0. The first
   * begins at the onset.
   */
  record Pulses(double amount, double lengthSeconds, double everySeconds) implements Profile {
    @Override
    public double at(double seconds) {
      if (seconds < 0.0) {
        return 0.0;
      }
      double since = everySeconds > 0.0 ? seconds % everySeconds : seconds;
      return since < lengthSeconds ? amount : 0.0;
    }

    @Override
    public Profile times(double factor) {
      return new Pulses(amount * factor, lengthSeconds, everySeconds);
    }
  }

  /** A sine. */
  record Wave(double amplitude, double periodSeconds) implements Profile {
    @Override
    public double at(double seconds) {
      return seconds < 0.0 ? 0.0 : amplitude * Math.sin(2.0 * Math.PI * seconds / periodSeconds);
    }

    @Override
    public Profile times(double factor) {
      return new Wave(amplitude * factor, periodSeconds);
    }
  }

  /**
   * Straight lines between points, the last amount for good, 0 before the first point.
   *
   * @param points in order of time, at least one
   */
  record Points(List<Point> points) implements Profile {
    /** An amount at a time after the onset. */
    public record Point(double seconds, double amount) {}

    public Points {
      points = List.copyOf(points);
      if (points.isEmpty()) {
        throw new IllegalArgumentException("a course of points needs a point");
      }
      for (int i = 1; i < points.size(); i++) {
        if (!(points.get(i).seconds() > points.get(i - 1).seconds())) {
          throw new IllegalArgumentException("points must be in order of time");
        }
      }
    }

    @Override
    public double at(double seconds) {
      if (seconds < points.getFirst().seconds()) {
        return 0.0;
      }
      for (int i = 1; i < points.size(); i++) {
        Point to = points.get(i);
        if (seconds < to.seconds()) {
          Point from = points.get(i - 1);
          double share = (seconds - from.seconds()) / (to.seconds() - from.seconds());
          return from.amount() + share * (to.amount() - from.amount());
        }
      }
      return points.getLast().amount();
    }

    @Override
    public Profile times(double factor) {
      return new Points(
          points.stream().map(p -> new Point(p.seconds(), p.amount() * factor)).toList());
    }
  }

  /** Another course that begins later. */
  record Delayed(Profile course, double bySeconds) implements Profile {
    @Override
    public double at(double seconds) {
      return seconds < bySeconds ? 0.0 : course.at(seconds - bySeconds);
    }

    @Override
    public Profile times(double factor) {
      return new Delayed(course.times(factor), bySeconds);
    }
  }

  /**
   * Episodes at random times: in every stretch of {@code everySeconds} one of {@code
   * lengthSeconds}, at a time that {@code seed} decides.
   */
  record Episodes(double amount, double lengthSeconds, double everySeconds, long seed)
      implements Profile {
    @Override
    public double at(double seconds) {
      if (seconds < 0.0) {
        return 0.0;
      }
      long stretch = (long) (seconds / everySeconds);
      double room = Math.max(0.0, everySeconds - lengthSeconds);
      double begins = stretch * everySeconds + room * uniform(seed, stretch);
      return seconds >= begins && seconds < begins + lengthSeconds ? amount : 0.0;
    }

    private static double uniform(long seed, long index) {
      long z = seed + index * 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }

    @Override
    public Profile times(double factor) {
      return new Episodes(amount * factor, lengthSeconds, everySeconds, seed);
    }
  }
}
