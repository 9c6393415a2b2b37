package org.orrery.app.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.ChannelPattern;

/** The channels that a running Orrery knows. Stateless. */
public final class Channels {
  private Channels() {}

  /**
   * PV by channel id, without the protocol before it, of the channels that fit.
   *
   * @param url where Orrery runs
   * @param pattern which of them
   * @throws ArchiveException when Orrery refuses, or none fits
   */
  public static Map<String, String> matching(String url, ChannelPattern pattern)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url + "/api/v1/facility")).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new ArchiveException(
            "%s answered %d: %s".formatted(url, response.statusCode(), response.body()));
      }
      Map<String, String> pvs = new TreeMap<>();
      for (JsonNode channel : new ObjectMapper().readTree(response.body()).path("channels")) {
        String id = channel.path("id").asText();
        if (pattern.matches(new ChannelId(id))) {
          pvs.put(id, channel.path("pv").asText().replaceFirst("^(pva|ca)://", ""));
        }
      }
      if (pvs.isEmpty()) {
        throw new ArchiveException("no channel of " + url + " fits '" + pattern.text() + "'");
      }
      return pvs;
    }
  }
}
