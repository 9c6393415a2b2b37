package org.orrery.scenarios.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.ChildProcesses;
import org.orrery.scenarios.harness.Loop;
import org.orrery.scenarios.harness.OrreryProcess;

/**
 * Kills one part of a running Orrery after the other at random moments, while operators write, and
 * looks after each kill whether something was lost, repeated or put out of order. Everything is in
 * one folder; a campaign that was ended goes on there. Not thread-safe.
 */
final class KillCampaign implements AutoCloseable {
  private static final double FACTOR = 20;
  private static final Duration BACK = Duration.ofSeconds(180);
  private static final int LONGEST_PAUSE_MS = 8_000;
  private static final int WITNESS_EVERY = 10;

  /** Kills in a row without a write, after which the campaign shows nothing of writes any more. */
  private static final int MOST_WITHOUT_A_WRITE = 10;

  private final Path folder;
  private final Path ownPuts;
  private final long seed;
  private final Random random;
  private final LedgerWitness ledger;
  private final OrderWitness order;
  private final Operators operators;
  private final List<String> problems = new ArrayList<>();
  private OrreryProcess orrery;
  private int done;
  private int attempts;
  private int killsWithoutAWrite;

  /** What is killed: Orrery itself twice as often as each of its children. */
  private enum Target {
    ORRERY(""),
    ORRERY_AGAIN(""),
    BROKER("kafka"),
    DATABASE("postgres"),
    SOFT_IOC("soft-ioc");

    private final String pidFile;

    Target(String pidFile) {
      this.pidFile = pidFile;
    }
  }

  private KillCampaign(Path folder, long seed, OrreryProcess orrery, int done, long comparedBytes) {
    this.folder = folder;
    this.seed = seed;
    this.orrery = orrery;
    this.done = done;
    this.random = new Random(seed + done);
    this.ledger = new LedgerWitness(orrery.ledger(), comparedBytes);
    this.order = new OrderWitness(orrery.data());
    this.ownPuts = folder.resolve("own-puts.txt");
    this.operators = new Operators(orrery, ownPuts, seed + done);
  }

  /** Begins, or goes on where an earlier run ended. */
  static KillCampaign open(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Path progress = progress(folder);
    Path password = folder.resolve("password");
    List<String> lines = Files.exists(progress) ? Files.readAllLines(progress) : List.of();
    long compared =
        lines.isEmpty() ? 0 : Long.parseLong(lines.getLast().split("\t")[Column.BYTES.ordinal()]);
    String known = Files.exists(password) ? Files.readString(password).trim() : "";
    OrreryProcess orrery = OrreryProcess.resume(folder.resolve("kills"), FACTOR, seed, known);
    Files.writeString(password, orrery.password());
    return new KillCampaign(folder, seed, orrery, lines.size(), compared);
  }

  /** Columns of the file of progress. */
  private enum Column {
    NUMBER,
    TARGET,
    PAUSE_MS,
    BACK_MS,
    COMPARED,
    MISSING,
    ATTEMPTS,
    PUTS,
    REPLAYED,
    BYTES
  }

  private static Path progress(Path folder) {
    return folder.resolve("progress.tsv");
  }

  /** How many kills there were, in all runs. */
  int done() {
    return done;
  }

  /** What went wrong, in words; each names the kill after which it was seen. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** One kill, recovery and comparison. */
  void kill() throws Exception {
    Target target = Target.values()[random.nextInt(Target.values().length)];
    int pauseMs = random.nextInt(LONGEST_PAUSE_MS);
    Thread.sleep(pauseMs);
    long before = System.nanoTime();
    if (target.pidFile.isEmpty()) {
      orrery.kill();
      orrery = orrery.restart(FACTOR, seed);
      operators.use(orrery);
    } else {
      ChildProcesses.killIfAlive(orrery.data(), target.pidFile);
    }
    Api api = new Api(orrery.url());
    awaitArchive(api);
    long backMs = (System.nanoTime() - before) / 1_000_000;
    done++;
    compare(target, pauseMs, backMs);
  }

  private void compare(Target target, int pauseMs, long backMs) throws Exception {
    LedgerWitness.Fresh fresh = ledger.fresh();
    Set<String> missing = awaitArchived(fresh.samples());
    if (!missing.isEmpty()) {
      problem("%d acknowledged samples are missing, such as %s", missing.size(), first(missing));
    }
    ledger.done(fresh);
    PutWitness.Found puts = PutWitness.look(orrery.data(), pvs(), ownPuts);
    killsWithoutAWrite = puts.attempts() == attempts ? killsWithoutAWrite + 1 : 0;
    attempts = puts.attempts();
    if (killsWithoutAWrite == MOST_WITHOUT_A_WRITE) {
      problem("nobody has written for %d kills", killsWithoutAWrite);
    }
    puts.replayed().forEach(put -> problem("a put without an attempt of its own: %s", put));
    if (done % WITNESS_EVERY == 0) {
      int known = order.broken().size();
      order.look();
      order.broken().stream().skip(known).limit(5).forEach(o -> problem("out of order: %s", o));
    }
    String line =
        String.join(
            "\t",
            Integer.toString(done),
            target.name(),
            Integer.toString(pauseMs),
            Long.toString(backMs),
            Integer.toString(fresh.samples().size()),
            Integer.toString(missing.size()),
            Integer.toString(puts.attempts()),
            Integer.toString(puts.puts()),
            Integer.toString(puts.replayed().size()),
            Long.toString(ledger.comparedBytes()));
    Files.writeString(
        progress(folder), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.println(line);
  }

  private void problem(String text, Object... arguments) {
    problems.add("after kill %d (seed %d): ".formatted(done, seed) + text.formatted(arguments));
  }

  private static String first(Set<String> some) {
    return some.iterator().next();
  }

  private Set<String> awaitArchived(Set<String> samples) throws Exception {
    long deadline = System.nanoTime() + BACK.toNanos();
    Set<String> missing = samples;
    while (!missing.isEmpty() && System.nanoTime() < deadline) {
      missing = LedgerWitness.missing(missing, orrery.data());
      Thread.sleep(missing.isEmpty() ? 0 : 1_000);
    }
    return missing;
  }

  private Map<String, String> pvs() throws Exception {
    Map<String, String> pvs = new HashMap<>();
    Loop.objects(new Api(orrery.url()).get("/api/v1/facility").getJsonArray("channels"))
        .forEach(channel -> pvs.put(channel.getString("id"), channel.getString("pv")));
    return pvs;
  }

  /** Waits until the archive stores what happens now. */
  private static void awaitArchive(Api api) {
    double now =
        Awaitility.await("the page is back")
            .atMost(BACK)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> api.get("/api/v1/overview").getDouble("plantMs"), plantMs -> true);
    Awaitility.await("the archive stores again")
        .atMost(BACK)
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () ->
                !api.get(
                        "/api/v1/history?channel=purif.flow&from=%.0f&to=%.0f&points=100"
                            .formatted(now, now + 3_600_000))
                    .getJsonArray("points")
                    .isEmpty());
  }

  /** How the operators' work ended so far, by the last state of each proposal. */
  Map<String, Integer> endings() {
    return operators.endings();
  }

  /** Ends Orrery in order; the folder stays. */
  @Override
  public void close() throws Exception {
    operators.close();
    orrery.close();
  }
}
