package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.RoomContext;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.TwinState;

/**
 * What pages show, kept up to date by topics and the sample feed, so that it needs no database. Not
 * thread-safe: the server's event loop owns it.
 */
final class LiveState {
  private static final int MOST_FINDINGS = 100;
  private static final int MOST_PROPOSALS = 200;

  private final RoomContext context;
  private final LatestValues values = new LatestValues();
  private final Map<AlarmKey, Alarm> alarms = new TreeMap<>();
  private final Map<FindingId, Finding> findings = bounded(MOST_FINDINGS);
  private final Map<ProposalId, Proposal> proposals = bounded(MOST_PROPOSALS);
  private final Rooms rooms;
  private final FeedWatch feed;
  private final Map<String, LossCount> losses = new TreeMap<>();
  private OperationsState operations = OperationsState.UNKNOWN;
  private @Nullable WritingState writing;
  private @Nullable TwinState twin;
  private @Nullable Diagnosis diagnosis;
  private @Nullable DrillState drill;
  private @Nullable BridgeHealth bridge;

  /**
   * @param context what every room is handed
   * @param expected the rooms that must say how they are
   */
  LiveState(RoomContext context, Set<String> expected) {
    this.context = context;
    this.rooms = new Rooms(expected, context.wallClock().nowNs());
    this.feed = new FeedWatch(context.wallClock().nowNs());
  }

  void sample(Sample sample) {
    feed.received(sample.receivedTimeNs());
    values.sample(sample);
  }

  void channel(ChannelHealth health) {
    values.health(health);
  }

  void alarm(Alarm alarm) {
    if (alarm.state() == AlarmState.NORMAL) {
      alarms.remove(alarm.key());
    } else {
      alarms.put(alarm.key(), alarm);
    }
  }

  void alarms(Collection<Alarm> all) {
    alarms.clear();
    all.forEach(this::alarm);
  }

  void finding(Finding finding) {
    findings.put(finding.id(), finding);
  }

  void diagnosis(Diagnosis latest) {
    diagnosis = latest;
  }

  void proposal(Proposal proposal) {
    Proposal known = proposals.get(proposal.id());
    if (known == null || known.version() <= proposal.version()) {
      proposals.put(proposal.id(), proposal);
    }
  }

  void proposals(List<Proposal> all) {
    all.reversed().forEach(this::proposal);
  }

  void twin(TwinState state) {
    twin = state;
  }

  void operations(OperationsState state) {
    operations = state;
  }

  void writing(WritingState state) {
    writing = state;
  }

  void drill(DrillState state) {
    drill = state;
  }

  /** The training drill that runs here, if one does. */
  Optional<DrillState> drill() {
    return Optional.ofNullable(drill);
  }

  void bridge(@Nullable BridgeHealth health) {
    bridge = health;
    if (health != null) {
      feed.answered(health, context.wallClock().nowNs());
    }
  }

  /** Why values are not the present, and since when; empty while they are. */
  Optional<FeedWatch.Blind> blind() {
    long nowNs = context.wallClock().nowNs();
    return rooms.at(nowNs).stream()
        .filter(room -> room.room().equals("gateway") && room.status() == RoomHealth.Status.DOWN)
        .findFirst()
        .map(room -> new FeedWatch.Blind("the gateway is down: " + room.detail(), room.sinceNs()))
        .or(() -> feed.blind(nowNs));
  }

  /** Whether values are the present, as every tick tells it. */
  ObjectNode feedNode() {
    Optional<FeedWatch.Blind> blind = blind();
    ObjectNode node = Json.object();
    node.put("stale", blind.isPresent());
    node.put("why", blind.map(FeedWatch.Blind::why).orElse(""));
    node.put("sinceMs", blind.map(b -> Json.ms(b.sinceNs())).orElse(null));
    OptionalLong newestNs = feed.newestNs();
    node.put("heardMs", newestNs.isPresent() ? Json.ms(newestNs.getAsLong()) : null);
    return node;
  }

  /** How the bridge's servers are, while the gateway tells. */
  Optional<BridgeHealth> bridge() {
    return Optional.ofNullable(bridge);
  }

  void room(RoomHealth health) {
    rooms.heard(health, context.wallClock().nowNs());
  }

  void loss(LossCount count) {
    losses.put(count.stage(), count);
  }

  long version() {
    return values.version();
  }

  Map<ChannelId, Sample> samples() {
    return values.samples();
  }

  /** How every room is, the silent ones included. */
  List<RoomHealth> rooms() {
    return rooms.at(context.wallClock().nowNs());
  }

  boolean roomIs(String room, RoomHealth.Status status) {
    return rooms().stream().anyMatch(h -> h.room().equals(room) && h.status() == status);
  }

  /** True where every expected room was heard lately and none is down. */
  boolean ready() {
    return rooms.ready(context.wallClock().nowNs());
  }

  Collection<LossCount> losses() {
    return losses.values();
  }

  /** One figure of a stage; 0 before it was counted. */
  long loss(String stage, ToLongFunction<LossCount> figure) {
    LossCount count = losses.get(stage);
    return count == null ? 0 : figure.applyAsLong(count);
  }

  long alarms(AlarmState state) {
    return alarms.values().stream().filter(alarm -> alarm.state() == state).count();
  }

  long activeFindings() {
    return findings.values().stream().filter(Finding::active).count();
  }

  double twinIs(Agreement agreement) {
    return twin == null ? Double.NaN : twin.agreement() == agreement ? 1 : 0;
  }

  /** What the third health question answers: who acts on the detector now. */
  String control() {
    if (writingStopped()) {
      return "MANUAL";
    }
    boolean held =
        proposals.values().stream().anyMatch(p -> p.state() instanceof ProposalState.Held);
    return held ? "HELD" : "SUPERVISED";
  }

  boolean writingKnown() {
    return writing != null;
  }

  /** True unless the gate has said that writing is not stopped. */
  boolean writingStopped() {
    return writing == null || writing.stopped();
  }

  ObjectNode snapshot() {
    ObjectNode node = tickHead();
    node.set("operations", OperationsView.of(operations));
    node.set("writing", writingNode());
    node.put("control", control());
    node.set("rooms", roomsNode());
    node.set("channels", channelsAfter(0));
    node.set("alarms", alarmsNode());
    node.set("twin", twin == null ? null : Views.twin(twin));
    node.set("findings", Json.array(findings.values(), DiagnosisViews::finding));
    node.set("diagnosis", diagnosis == null ? null : DiagnosisViews.diagnosis(diagnosis));
    node.set("proposals", proposalsNode());
    node.set("loss", lossNode());
    node.set("drill", drillNode());
    return node;
  }

  /** What changed after a version, as a tick of the live stream. */
  ObjectNode tick(long afterVersion) {
    ObjectNode node = tickHead();
    node.put("control", control());
    node.set("channels", channelsAfter(afterVersion));
    return node;
  }

  ArrayNode alarmsNode() {
    return Json.array(alarms.values(), alarm -> AlarmViews.alarm(alarm, context.facility()));
  }

  ArrayNode roomsNode() {
    return Json.array(rooms(), Views::room);
  }

  ArrayNode lossNode() {
    return Json.array(losses.values(), Views::loss);
  }

  ArrayNode proposalsNode() {
    return Json.array(List.copyOf(proposals.values()).reversed(), ProposalViews::summary);
  }

  /** The training drill without its debrief; null where none runs. */
  @Nullable ObjectNode drillNode() {
    return drill == null ? null : DrillViews.state(drill);
  }

  ObjectNode writingNode() {
    // Before the gateway has answered nothing is claimed either way.
    return writing == null
        ? Json.object()
            .put("known", false)
            .putNull("stopped")
            .put("by", "")
            .put("reason", "the gateway has not answered yet")
        : Views.writing(writing);
  }

  private ObjectNode tickHead() {
    ObjectNode node = Json.object();
    node.put("plantMs", Json.ms(context.plantClock().nowNs()));
    node.put("wallMs", Json.ms(context.wallClock().nowNs()));
    node.put("timeFactor", context.plantClock().factor());
    node.put("version", context.version());
    node.set("feed", feedNode());
    return node;
  }

  private ObjectNode channelsAfter(long afterVersion) {
    ObjectNode node = Json.object();
    values.after(
        afterVersion, (channel, sample) -> node.set(channel.value(), Views.sample(sample)));
    return node;
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
