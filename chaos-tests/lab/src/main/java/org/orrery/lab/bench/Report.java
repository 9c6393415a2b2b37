package org.orrery.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark found. Immutable.
 *
 * @param bench its name, for example {@code lar}
 * @param passed whether everything that must hold held
 * @param provenance where the figures come from
 * @param result the figures, as records of plain numbers and texts
 * @param lines the same for people
 */
public record Report(
    String bench, boolean passed, BenchProvenance provenance, Object result, List<String> lines) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Report {
    lines = List.copyOf(lines);
  }

  /**
   * Writes figures and provenance as JSON; the file is there whole or not at all.
   *
   * @throws IOException if the file cannot be written
   */
  public void writeJson(Path file) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("bench", bench);
    content.put("passed", passed);
    content.put("provenance", provenance);
    content.put("result", result);
    Path target = file.toAbsolutePath();
    Path half = target.resolveSibling(target.getFileName() + ".part");
    Files.writeString(half, JSON.writeValueAsString(content) + "\n");
    Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
  }
}
