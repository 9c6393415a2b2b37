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

/** Offers the PVs and services of one server to the library. Thread-safe. */
@SuppressWarnings("NullAway") // the library's contract: null beside an error status
final class LocalProvider implements ChannelProvider {
  private static final String NAME = "orrery";

  private final Function<String, Optional<LocalPv>> pvs;
  private final Function<String, Optional<LocalService>> services;
  private final ChannelFind found =
      new ChannelFind() {
        @Override
        public ChannelProvider getChannelProvider() {
          return LocalProvider.this;
        }

        @Override
        public void cancel() {}
      };

  LocalProvider(
      Function<String, Optional<LocalPv>> pvs, Function<String, Optional<LocalService>> services) {
    this.pvs = pvs;
    this.services = services;
  }

  @Override
  public ChannelFind channelFind(String name, ChannelFindRequester requester) {
    boolean here = pvs.apply(name).isPresent() || services.apply(name).isPresent();
    requester.channelFindResult(Statuses.OK, found, here);
    return found;
  }

  @Override
  public ChannelFind channelList(ChannelListRequester requester) {
    requester.channelListResult(Statuses.error("not offered by this server"), found, null, false);
    return found;
  }

  @Override
  public @Nullable Channel createChannel(String name, ChannelRequester requester, short priority) {
    Optional<Channel> channel =
        pvs.apply(name)
            .<Channel>map(pv -> new ServedChannel(this, pv, requester))
            .or(
                () ->
                    services
                        .apply(name)
                        .map(service -> new ServiceChannel(this, name, service, requester)));
    if (channel.isEmpty()) {
      requester.channelCreated(Statuses.error("no PV " + name + " here"), null);
      return null;
    }
    requester.channelCreated(Statuses.OK, channel.get());
    return channel.get();
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
