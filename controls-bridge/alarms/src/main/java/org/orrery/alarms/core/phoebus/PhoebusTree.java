package org.orrery.alarms.core.phoebus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The alarm tree as its messages tell it, in their order. It holds what Phoebus' own clients hold:
 * an item that was taken out stays out until it is configured again, whatever state still comes for
 * it, and a new configuration changes no state. Not thread-safe.
 */
public final class PhoebusTree {
  /** A PV of the tree. */
  static final class Leaf {
    final PhoebusPath path;
    PhoebusMessage.@Nullable LeafConfig config;
    PhoebusMessage.@Nullable LeafState state;
    String acknowledgedBy = "";

    Leaf(PhoebusPath path) {
      this.path = path;
    }
  }

  private final Map<PhoebusPath, Leaf> leaves = new HashMap<>();
  private final Map<String, TreeMap<PhoebusPath, Leaf>> byPv = new HashMap<>();
  private final Map<PhoebusPath, List<String>> guidance = new HashMap<>();
  private final Set<PhoebusPath> removed = new HashSet<>();
  private boolean maintenance;

  /** An empty tree. */
  public PhoebusTree() {}

  /**
   * Takes a message.
   *
   * @return the PVs whose alarms may be others now, by the names that {@link #plain} gives
   */
  public Set<String> apply(PhoebusMessage message) {
    return switch (message) {
      case PhoebusMessage.LeafConfigured(PhoebusPath path, PhoebusMessage.LeafConfig config) -> {
        removed.remove(path);
        leaf(path).config = config;
        yield Set.of(plain(path.name()));
      }
      case PhoebusMessage.BranchConfigured(PhoebusPath path, List<String> words) -> {
        removed.remove(path);
        boolean same = words.equals(guidance.getOrDefault(path, List.of()));
        guidance.put(path, words);
        yield same ? Set.of() : pvsWithin(path);
      }
      case PhoebusMessage.ConfigRemoved(PhoebusPath path) -> remove(path);
      case PhoebusMessage.StateTold(
              PhoebusPath path,
              PhoebusMessage.LeafState state,
              boolean inMaintenance) -> {
        maintenance = inMaintenance;
        yield removed.contains(path) ? Set.of() : tell(leaf(path), state);
      }
      case PhoebusMessage.BranchState(PhoebusPath path, boolean inMaintenance) -> {
        maintenance = inMaintenance;
        yield Set.of();
      }
      case PhoebusMessage.StateRemoved(PhoebusPath path) -> {
        Leaf leaf = leaves.get(path);
        if (leaf == null) {
          yield Set.of();
        }
        leaf.state = null;
        if (leaf.config == null) {
          forget(leaf);
        }
        yield Set.of(plain(path.name()));
      }
      case PhoebusMessage.Commanded(PhoebusPath path, String user, boolean acknowledge) -> {
        Set<String> pvs = new HashSet<>();
        for (Leaf leaf : List.copyOf(leaves.values())) {
          if (leaf.path.isWithin(path)) {
            leaf.acknowledgedBy = acknowledge ? user : "";
            pvs.add(plain(leaf.path.name()));
          }
        }
        yield pvs;
      }
    };
  }

  /** True while the alarm server acknowledges invalid alarms by itself. */
  public boolean maintenance() {
    return maintenance;
  }

  /** Every PV of the tree. */
  Set<String> pvs() {
    return byPv.keySet();
  }

  /** Where a PV stands; more than once where the tree names it twice. */
  List<Leaf> leaves(String pv) {
    TreeMap<PhoebusPath, Leaf> found = byPv.get(pv);
    return found == null ? List.of() : List.copyOf(found.values());
  }

  /** What to do, by the leaf itself or else by the nearest branch that says something. */
  String guidance(Leaf leaf) {
    List<String> own = Optional.ofNullable(leaf.config).map(c -> c.guidance()).orElse(List.of());
    if (!own.isEmpty()) {
      return String.join("; ", own);
    }
    for (PhoebusPath above : leaf.path.above()) {
      List<String> words = guidance.getOrDefault(above, List.of());
      if (!words.isEmpty()) {
        return String.join("; ", words);
      }
    }
    return "";
  }

  /** A PV's name without the protocol, and without the field that is meant anyhow. */
  static String plain(String pv) {
    String name = pv.startsWith("pva://") ? pv.substring(6) : pv;
    name = name.startsWith("ca://") ? name.substring(5) : name;
    return name.endsWith(".VAL") ? name.substring(0, name.length() - 4) : name;
  }

  private Set<String> tell(Leaf leaf, PhoebusMessage.LeafState state) {
    boolean calledAgain =
        state.severity().isActive() && leaf.state != null && leaf.state.severity().isAcknowledged();
    if (state.severity() == PhoebusSeverity.OK || calledAgain) {
      leaf.acknowledgedBy = "";
    }
    leaf.state = state;
    return Set.of(plain(leaf.path.name()));
  }

  private Set<String> remove(PhoebusPath path) {
    removed.add(path);
    guidance.keySet().removeIf(other -> other.isWithin(path));
    List<Leaf> gone = new ArrayList<>();
    for (Leaf leaf : leaves.values()) {
      if (leaf.path.isWithin(path)) {
        gone.add(leaf);
      }
    }
    gone.forEach(this::forget);
    Set<String> pvs = new HashSet<>();
    gone.forEach(leaf -> pvs.add(plain(leaf.path.name())));
    return pvs;
  }

  private Set<String> pvsWithin(PhoebusPath path) {
    Set<String> pvs = new HashSet<>();
    for (Leaf leaf : leaves.values()) {
      if (leaf.path.isWithin(path)) {
        pvs.add(plain(leaf.path.name()));
      }
    }
    return pvs;
  }

  private Leaf leaf(PhoebusPath path) {
    return leaves.computeIfAbsent(
        path,
        p -> {
          Leaf leaf = new Leaf(p);
          byPv.computeIfAbsent(plain(p.name()), pv -> new TreeMap<>()).put(p, leaf);
          return leaf;
        });
  }

  private void forget(Leaf leaf) {
    leaves.remove(leaf.path);
    String pv = plain(leaf.path.name());
    TreeMap<PhoebusPath, Leaf> same = byPv.get(pv);
    if (same != null) {
      same.remove(leaf.path);
      if (same.isEmpty()) {
        byPv.remove(pv);
      }
    }
  }
}
