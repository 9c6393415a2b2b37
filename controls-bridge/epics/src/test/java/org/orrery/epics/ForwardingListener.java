package org.orrery.epics;

import org.orrery.epics.client.PvListener;

/** Passes everything on; a test overrides what it wants to be different. */
class ForwardingListener implements PvListener {
  private final PvListener to;

  ForwardingListener(PvListener to) {
    this.to = to;
  }

  @Override
  public void onConnected(PvMetadata metadata) {
    to.onConnected(metadata);
  }

  @Override
  public void onDisconnected() {
    to.onDisconnected();
  }

  @Override
  public void onUpdate(PvUpdate update) {
    to.onUpdate(update);
  }

  @Override
  public void onMetadataChanged(PvMetadata metadata) {
    to.onMetadataChanged(metadata);
  }

  @Override
  public void onRefused(String reason) {
    to.onRefused(reason);
  }
}
