import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds every Java source of the tree to google-java-format: {@code check} lists the files that
 * differ and fails, {@code apply} rewrites them. Run by Maven on the JDK that compiles Orrery,
 * because a formatter on an older one cannot read its syntax (docs/adr/0003).
 */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git", ".idea");

  private Format() {}

  static void main(String[] args) throws Exception {
    boolean apply = args.length == 1 && args[0].equals("apply");
    if (!apply && !(args.length == 1 && args[0].equals("check"))) {
      System.err.println("usage: Format check|apply");
      System.exit(2);
    }
    List<String> files = javaSources(Path.of(""));
    List<String> options = new ArrayList<>();
    options.addAll(apply ? List.of("-i") : List.of("--dry-run", "--set-exit-if-changed"));
    options.addAll(files);
    StringWriter changed = new StringWriter();
    int status =
        new Main(new PrintWriter(changed, true), new PrintWriter(System.err, true), System.in)
            .format(options.toArray(String[]::new));
    if (apply || (status == 0 && changed.toString().isBlank())) {
      System.exit(status);
    }
    System.err.printf("Not in google-java-format:%n%s", changed.toString().indent(2));
    System.err.println("Run `mvn -Pformat` to rewrite them.");
    System.exit(1);
  }

  private static List<String> javaSources(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return SKIPPED.contains(String.valueOf(dir.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }
}
