package org.orrery.bus.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who a process is. Its form on the wire never changes, so that processes of different versions can
 * at least tell each other so.
 *
 * @param id one life of a process
 * @param roles what it runs
 * @param version version of its code
 * @param shape digest of all that it says and understands
 * @param facility name and digest of the facility that it serves
 * @param sinceNs when it started, wall ns
 */
public record Identity(
    String id, Set<String> roles, String version, String shape, String facility, long sinceNs) {
  public Identity {
    roles = Set.copyOf(roles);
  }

  /** The name that stays over restarts: its roles. */
  public String name() {
    return String.join(",", new TreeSet<>(roles));
  }

  /** Why the two cannot work together; empty where they can. */
  Optional<String> conflict(Identity other) {
    if (!facility.equals(other.facility)) {
      return Optional.of(
          "it serves facility %s and this process %s; give both the same facility description"
              .formatted(other.facility, facility));
    }
    if (!version.equals(other.version) || !shape.equals(other.shape)) {
      return Optional.of(
          "it is version %s (%s) and this process %s (%s); bring both to the same version"
              .formatted(other.version, other.shape, version, shape));
    }
    return Optional.empty();
  }

  /** Roles that both run. */
  Set<String> shared(Identity other) {
    return roles.stream().filter(other.roles::contains).collect(Collectors.toSet());
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("id", id)
        .put("roles", new JsonArray(java.util.List.copyOf(new TreeSet<>(roles))))
        .put("version", version)
        .put("shape", shape)
        .put("facility", facility)
        .put("sinceNs", sinceNs);
  }

  static Identity fromJson(JsonObject json) {
    return new Identity(
        json.getString("id", ""),
        json.getJsonArray("roles", new JsonArray()).stream()
            .map(String::valueOf)
            .collect(Collectors.toSet()),
        json.getString("version", ""),
        json.getString("shape", ""),
        json.getString("facility", ""),
        json.getLong("sinceNs", 0L));
  }
}
