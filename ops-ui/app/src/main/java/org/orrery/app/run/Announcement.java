package org.orrery.app.run;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.access.AccessRules;
import org.orrery.server.ServerModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a start says on the terminal. Stateless. */
public final class Announcement {
  private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);
  private static final String FIRST_ACCOUNT = "admin";
  private static final int DATABASE_SECONDS = 90;

  private Announcement() {}

  /**
   * Says what runs and, where this process serves the page, where it is and, the first time, the
   * password; waits for the database to know whether it is.
   */
  static void print(
      PrintStream out, RunOptions options, @Nullable ServerModule pages, Children beside) {
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
    if (pages != null) {
      page(out, options, pages, beside);
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

  private static void page(
      PrintStream out, RunOptions options, ServerModule pages, Children beside) {
    out.printf(
        "  page      http://127.0.0.1:%d/%s%n",
        pages.port(), options.drill().isPresent() ? "drill" : "");
    out.printf("  sign in   %s%n", signIn(pages, beside));
    if (options.drill().isPresent()) {
      Drills.secondPerson(pages).ifPresent(account -> out.printf("  second    %s%n", account));
    }
  }

  private static String signIn(ServerModule pages, Children children) {
    try {
      children.store().ready().get(DATABASE_SECONDS, TimeUnit.SECONDS);
      Optional<String> password = pages.firstAccount(FIRST_ACCOUNT);
      return password
          .map(p -> FIRST_ACCOUNT + "   password  " + p + "   (shown this once)")
          .orElse("as before");
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn(
          "the database is not up yet: signing in and proposals wait for it ({})", e.toString());
      return "when the database is up; see the foot of the page";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
