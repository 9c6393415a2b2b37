package org.orrery.lab.drill;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;

/** Leaves a debrief in the drill's data directory, for people and for programs. Blocks. */
final class DebriefFiles {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .registerModule(
              new SimpleModule()
                  .addSerializer(OptionalLong.class, new Nanoseconds())
                  .addSerializer(ChannelId.class, new ChannelName()));

  private DebriefFiles() {}

  /**
   * Writes {@code debrief.json} and {@code debrief.md}; each is whole or not there.
   *
   * @param folder where
   * @param state the drill, which must be over
   * @param facility the facility, for the names of channels
   * @param seed the seed that was played
   * @param version version of the running code
   */
  static void write(Path folder, DrillState state, Facility facility, long seed, String version)
      throws IOException {
    ObjectNode node = MAPPER.createObjectNode();
    ObjectNode provenance = node.putObject("provenance");
    provenance.put("drill", state.sheet().name());
    provenance.put("facility", facility.name());
    provenance.put("simulated", facility.simulated());
    provenance.put("seed", seed);
    provenance.put("factor", state.sheet().factor());
    provenance.put("version", version);
    node.put("startedNs", state.startedNs().orElse(0));
    node.put("endedNs", state.endedNs().orElse(0));
    node.set("debrief", MAPPER.valueToTree(state.debrief().orElseThrow()));
    put(folder.resolve("debrief.json"), MAPPER.writeValueAsString(node) + "\n");
    put(folder.resolve("debrief.md"), DebriefText.of(state, facility));
  }

  private static void put(Path file, String text) throws IOException {
    Path half = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), text);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A number, or null where there is none. */
  private static final class Nanoseconds extends JsonSerializer<OptionalLong> {
    @Override
    public void serialize(OptionalLong value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        out.writeNumber(value.getAsLong());
      } else {
        out.writeNull();
      }
    }
  }

  /** A channel by its name. */
  private static final class ChannelName extends JsonSerializer<ChannelId> {
    @Override
    public void serialize(ChannelId value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.value());
    }
  }
}
