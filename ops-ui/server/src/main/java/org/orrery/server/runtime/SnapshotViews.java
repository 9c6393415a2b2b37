package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.snapshot.Comparison;
import org.orrery.contract.snapshot.Difference;
import org.orrery.contract.snapshot.Golden;
import org.orrery.contract.snapshot.RestoreListing;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.snapshot.SnapshotSummary;
import org.orrery.contract.value.Value;

/** How snapshots look in JSON. Stateless. */
final class SnapshotViews {
  private SnapshotViews() {}

  static ObjectNode summary(SnapshotSummary snapshot) {
    ObjectNode node = Json.object();
    node.put("id", snapshot.id().value());
    node.put("name", snapshot.name());
    node.put("comment", snapshot.comment());
    node.put("by", snapshot.by());
    node.put("plantMs", Json.ms(snapshot.plantNs()));
    node.put("wallMs", Json.ms(snapshot.wallNs()));
    node.put("set", snapshot.set());
    node.put("setVersion", snapshot.setVersion());
    node.put("channels", snapshot.channels());
    node.put("notGood", snapshot.notGood());
    node.put("missing", snapshot.missing());
    node.put("hash", snapshot.hash().toHex());
    node.set("golden", Json.array(snapshot.golden(), SnapshotViews::golden));
    return node;
  }

  private static ObjectNode golden(Golden golden) {
    ObjectNode node = Json.object();
    node.put("mode", golden.mode());
    node.put("proposedBy", golden.proposedBy());
    node.put("proposedMs", Json.ms(golden.proposedAtNs()));
    node.put("agreedBy", golden.agreed().map(Golden.Agreed::by).orElse(null));
    node.put("current", golden.current());
    return node;
  }

  static ObjectNode set(SnapshotSet set) {
    ObjectNode node = Json.object();
    node.put("name", set.name());
    node.put("version", set.version());
    node.put("title", set.title());
    node.put("definedBy", set.definedBy());
    node.put("atMs", Json.ms(set.atNs()));
    node.set(
        "stages",
        Json.array(
            set.stages(),
            stage -> {
              ObjectNode s = Json.object();
              s.put("name", stage.name());
              s.set("items", Json.array(stage.items(), SnapshotViews::item));
              return s;
            }));
    return node;
  }

  private static ObjectNode item(SnapshotSet.Item item) {
    ObjectNode node = Json.object();
    node.put("pattern", item.pattern());
    item.tolerance()
        .ifPresent(t -> node.put("absolute", t.absolute()).put("relative", t.relative()));
    return node;
  }

  static ObjectNode full(Snapshot snapshot) {
    ObjectNode node = Json.object();
    node.put("id", snapshot.id().value());
    node.put("name", snapshot.name());
    node.put("comment", snapshot.comment());
    node.put("by", snapshot.by());
    node.put("plantMs", Json.ms(snapshot.plantNs()));
    node.put("wallMs", Json.ms(snapshot.wallNs()));
    node.put("set", snapshot.set());
    node.put("setVersion", snapshot.setVersion());
    node.put("hash", snapshot.hash().toHex());
    node.set("stages", Json.texts(snapshot.stages()));
    node.set("entries", Json.array(snapshot.entries(), SnapshotViews::entry));
    node.set("missing", Json.texts(snapshot.missing().stream().map(ChannelId::value).toList()));
    return node;
  }

  private static ObjectNode entry(Snapshot.Entry entry) {
    ObjectNode node = Json.object();
    node.put("channel", entry.channel().value());
    node.put("stage", entry.stage());
    node.put("display", entry.value().display());
    node.put("unit", entry.unit());
    node.put("severity", entry.severity().name());
    node.put("quality", entry.quality().name());
    node.put("sourceMs", Json.ms(entry.sourceTimeNs()));
    node.put("readback", entry.readback().map(Value::display).orElse(null));
    node.put("absolute", entry.tolerance().absolute());
    node.put("relative", entry.tolerance().relative());
    return node;
  }

  static ObjectNode comparison(Comparison comparison) {
    ObjectNode node = Json.object();
    node.put("snapshot", comparison.snapshot().value());
    node.put("against", comparison.against());
    node.put("atMs", Json.ms(comparison.atNs()));
    node.put("same", comparison.same());
    node.set("differences", Json.array(comparison.differences(), SnapshotViews::difference));
    return node;
  }

  private static ObjectNode difference(Difference difference) {
    ObjectNode node = Json.object();
    node.put("channel", difference.channel().value());
    node.put("kind", difference.kind().name());
    node.put("saved", difference.saved().map(Value::display).orElse(null));
    node.put("other", difference.other().map(Value::display).orElse(null));
    node.put("unit", difference.unit());
    node.put("tolerance", Json.number(difference.tolerance()));
    node.put("detail", difference.detail());
    return node;
  }

  static ObjectNode listing(RestoreListing listing) {
    ObjectNode node = Json.object();
    node.put("snapshot", listing.snapshot().value());
    node.put("same", listing.same());
    node.put("risk", listing.risk().name());
    node.put("approvalsNeeded", listing.risk().approvalsNeeded());
    node.set(
        "writes",
        Json.array(
            listing.writes(),
            write -> {
              ObjectNode w = Json.object();
              w.put("channel", write.channel().value());
              w.put("stage", write.stage());
              w.put("now", write.now().display());
              w.put("saved", write.saved().display());
              w.put("unit", write.unit());
              return w;
            }));
    node.set("leftOut", Json.array(listing.leftOut(), SnapshotViews::about));
    node.set("refusals", Json.array(listing.refusals(), SnapshotViews::about));
    return node;
  }

  private static ObjectNode about(RestoreListing.About about) {
    return Json.object().put("channel", about.channel()).put("why", about.why());
  }
}
