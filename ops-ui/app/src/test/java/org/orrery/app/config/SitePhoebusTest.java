package org.orrery.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class SitePhoebusTest {
  @Test
  void shouldReadWherePhoebusIs() throws Exception {
    // When
    Site site =
        SiteLoader.parse(
            "s.yaml", "alarms: {phoebus: {servers: \"kafka1:9092\", config: Accelerator}}\n");

    // Then
    assertThat(site.phoebus()).contains(new Site.Phoebus("kafka1:9092", "Accelerator"));
    assertThat(SiteLoader.parse("s.yaml", "{}").phoebus()).isEmpty();
  }

  @Test
  void shouldListEveryProblemAtOnce() {
    // When
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                SiteLoader.parse(
                    "s.yaml", "alarms: {phoebus: {servers: \"\", topic: X}, flood: yes}\n"));

    // Then
    assertThat(e.problems())
        .hasSize(4)
        .anyMatch(p -> p.contains("'servers' must name Phoebus' Kafka"))
        .anyMatch(p -> p.contains("'config' is missing"))
        .anyMatch(p -> p.contains("unknown key 'topic'"))
        .anyMatch(p -> p.contains("unknown key 'flood'"));
  }
}
