package org.orrery.bus.cluster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who a process is. Its form on the wire only grows, so that processes of different versions can at
 * least tell each other so.
 *
 * @param id one life of a process
 * @param roles what it runs
 * @param version version of its code
 * @param shape digest of all that it says and understands
 * @param facility name of the facility that it serves
 * @param described what it works by: a digest of each part of its facility description and access
 *     rules, by a name of the part for people
 * @param sinceNs when it started, wall ns
 */
public record Identity(
    String id,
    Set<String> roles,
    String version,
    String shape,
    String facility,
    Map<String, String> described,
    long sinceNs) {
  public Identity {
    roles = Set.copyOf(roles);
    described = Map.copyOf(described);
  }

  /** The name that stays over restarts: its roles. */
  public String name() {
    return String.join(",", new TreeSet<>(roles));
  }

  /**
   * Why the two cannot work together; empty where they can. What one would judge by other limits,
   * modes or rights than the other is not safe, whatever the difference is.
   */
  Optional<String> conflict(Identity other) {
    if (!version.equals(other.version) || !shape.equals(other.shape)) {
      return Optional.of(
          "it is version %s (%s) and this process %s (%s); bring both to the same version"
              .formatted(other.version, other.shape, version, shape));
    }
    if (!facility.equals(other.facility)) {
      return Optional.of(
          "it serves facility %s and this process %s; give both the same facility description"
              .formatted(other.facility, facility));
    }
    Set<String> different = new TreeSet<>(described.keySet());
    different.addAll(other.described.keySet());
    different.removeIf(part -> Objects.equals(described.get(part), other.described.get(part)));
    return different.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("it works by another description of %s than this process: they differ in [%s]; give"
                    + " both the same facility description and access rules")
                .formatted(facility, String.join("; ", different)));
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
        .put("described", new JsonObject(new TreeMap<>(described)))
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
        json.getJsonObject("described", new JsonObject()).stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> String.valueOf(e.getValue()))),
        json.getLong("sinceNs", 0L));
  }
}
