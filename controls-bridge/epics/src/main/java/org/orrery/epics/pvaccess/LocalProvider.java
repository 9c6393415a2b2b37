package org.orrery.epics.pvaccess;

import java.util.Optional;
import java.util.function.Function;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.ChannelFind;
import org.epics.pvaccess.client.ChannelFindRequester;
import org.epics.pvaccess.client.ChannelListRequester;
import org.epics.pvaccess.client.ChannelProvider;
import org.epics.pvaccess.client.ChannelRequester;
import org.jspecify.annotations.Nullable;

/** Offers the PVs of one server to the library. Thread-safe. */
@SuppressWarnings("NullAway") // the library's contract: null beside an error status
final class LocalProvider implements ChannelProvider {
  private static final String NAME = "orrery";

  private final Function<String, Optional<LocalPv>> pvs;
  private final ChannelFind found =
      new ChannelFind() {
        @Override
        public ChannelProvider getChannelProvider() {
          return LocalProvider.this;
        }

        @Override
        public void cancel() {}
      };

  LocalProvider(Function<String, Optional<LocalPv>> pvs) {
    this.pvs = pvs;
  }

  @Override
  public ChannelFind channelFind(String name, ChannelFindRequester requester) {
    requester.channelFindResult(Statuses.OK, found, pvs.apply(name).isPresent());
    return found;
  }

  @Override
  public ChannelFind channelList(ChannelListRequester requester) {
    requester.channelListResult(Statuses.error("not offered by this server"), found, null, false);
    return found;
  }

  @Override
  public @Nullable Channel createChannel(String name, ChannelRequester requester, short priority) {
    Optional<LocalPv> pv = pvs.apply(name);
    if (pv.isEmpty()) {
      requester.channelCreated(Statuses.error("no PV " + name + " here"), null);
      return null;
    }
    Channel channel = new ServedChannel(this, pv.get(), requester);
    requester.channelCreated(Statuses.OK, channel);
    return channel;
  }

  @Override
  public @Nullable Channel createChannel(
      String name, ChannelRequester requester, short priority, @Nullable String address) {
    return createChannel(name, requester, priority);
  }

  @Override
  public String getProviderName() {
    return NAME;
  }

  @Override
  public void destroy() {}
}
