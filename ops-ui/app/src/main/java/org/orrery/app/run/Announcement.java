package org.orrery.app.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.orrery.contract.access.AccessRules;
import org.orrery.server.ServerModule;

/** What a start says on the terminal. Stateless. */
public final class Announcement {
  /** How long a first start's database usually takes at the very most. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String FIRST_ACCOUNT = "admin";

  private Announcement() {}

  /**
   * Says what runs and, where this process serves the page, where it is and how to sign in.
   *
   * @param port of the page; empty where another process serves it
   * @param accounts what the start makes, told each in a line
   * @param patience how long the lines wait for the accounts; what comes later is told later
   */
  static void print(
      PrintStream out,
      RunOptions options,
      OptionalInt port,
      List<NewAccount> accounts,
      Duration patience) {
    out.printf(
        "%nOrrery %s, %s%s%n",
        options.version(),
        options.facility().title(),
        options.facility().simulated()
            ? " (%sSIMULATED, %s x real time)"
                .formatted(
                    options.drill().isPresent() ? "DRILL, " : "",
                    options.site().simulation().factor())
            : "");
    if (!options.roles().all()) {
      out.printf("  roles     %s%n", options.roles());
    }
    if (port.isPresent()) {
      out.printf(
          "  page      http://127.0.0.1:%d/%s%n",
          port.getAsInt(), options.drill().isPresent() ? "drill" : "");
    }
    long deadlineNs = System.nanoTime() + patience.toNanos();
    for (NewAccount account : accounts) {
      account.tell(out, Duration.ofNanos(deadlineNs - System.nanoTime()));
    }
    out.printf("  access    %s%n", access(options.access()));
    out.printf("  data      %s%n", options.data());
    out.printf("  stop      Ctrl-C%n%n");
    out.flush();
  }

  /** Who may have what written, in a few words. */
  public static String access(AccessRules access) {
    return access.open()
        ? "open: everybody may what their role allows"
        : "by " + access.rules().size() + " rules";
  }

  /** Begins to make the accounts of a start: the first of all, and a drill's second person. */
  static List<NewAccount> accounts(RunOptions options, ServerModule pages) {
    List<NewAccount> accounts = new ArrayList<>();
    accounts.add(NewAccount.start("sign in", () -> first(pages)));
    if (options.drill().isPresent()) {
      accounts.add(NewAccount.start("second", () -> Drills.secondPerson(pages)));
    }
    return accounts;
  }

  private static String first(ServerModule pages) {
    return pages
        .firstAccount(FIRST_ACCOUNT)
        .map(password -> FIRST_ACCOUNT + "   password  " + password + "   (shown this once)")
        .orElse("as before");
  }
}
