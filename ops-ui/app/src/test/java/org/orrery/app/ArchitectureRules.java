package org.orrery.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules themselves; each says what to do instead. */
final class ArchitectureRules {

  private static final String OURS = "org.orrery..";
  private static final String CORES = "org.orrery..core..";

  /** A room's factory and its configuration record, and what is nested in them. */
  private static final Pattern FACE = Pattern.compile("\\w+(Module|Config)(\\$.*)?");

  /** Types of the client side with which nobody can write. */
  private static final DescribedPredicate<JavaClass> THE_READING_HALF =
      DescribedPredicate.describe(
          "can only read",
          c ->
              Set.of(
                      "PvReader",
                      "PvReaders",
                      "PvListener",
                      "PvSubscription",
                      "PvClientSettings",
                      "PvaOptions")
                  .stream()
                  .map("org.orrery.epics.client."::concat)
                  .anyMatch(
                      name -> c.getName().equals(name) || c.getName().startsWith(name + "$")));

  private ArchitectureRules() {}

  /** A room names only the rooms that the table grants it. */
  static ArchRule edgesOf(Room room) {
    DescribedPredicate<JavaClass> granted =
        Room.all().stream()
            .filter(room::mayKnow)
            .map(ArchitectureRules::in)
            .reduce(resideOutsideOfPackage(OURS), (some, more) -> some.or(more));
    return classes()
        .that(in(room))
        .should()
        .onlyDependOnClassesThat(granted)
        .as("%s may know of ours: %s".formatted(room, nothingOr(room.mayKnow())))
        .because(
            "rooms meet on bus topics and on ports declared in contract;"
                + " publish there, or record a new edge in docs/adr and in Room")
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> in(Room room) {
    return resideInAPackage(room.packages()).and(resideOutsideOfPackages(room.nested()));
  }

  /** No class stands outside the rooms. */
  static ArchRule everyClassHasARoom() {
    String[] rooms = Room.all().stream().map(Room::packages).toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(OURS)
        .should()
        .resideInAnyPackage(rooms)
        .as("every class stands in a room of the table")
        .because("a package outside of it would escape the rules; add the room to Room")
        .allowEmptyShould(true);
  }

  /** Other rooms name a room's Module and Config only; lab may also name its core. */
  static ArchRule faceOf(Room room) {
    DescribedPredicate<JavaClass> hidden =
        resideInAPackage(room.packages())
            .and(DescribedPredicate.not(faceIn(room)))
            .as("are inside " + room);
    DescribedPredicate<JavaClass> hiddenFromLab =
        hidden.and(resideOutsideOfPackage(room.packageName() + ".core.."));
    return classes()
        .that(resideInAPackage(OURS).and(resideOutsideOfPackage(room.packages())))
        .should(notDependOn(hidden, hiddenFromLab))
        .as("other rooms name only the Module and the Config of %s".formatted(room))
        .because(
            "the inside of a room is free to change; give the Module a method,"
                + " or declare a port in contract (lab may also name the core)")
        .allowEmptyShould(true);
  }

  /** Pure logic is free of frameworks. */
  static ArchRule coresKnowNoFramework() {
    return noClasses()
        .that()
        .resideInAnyPackage(CORES, "org.orrery.simulator..", "org.orrery.contract..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "io.netty..",
            "org.apache.kafka..",
            "java.sql..",
            "javax.sql..",
            "org.postgresql..",
            "com.zaxxer..",
            "org.flywaydb..",
            "java.net.http..",
            "dev.langchain4j..",
            "org.orrery.bus..",
            "org.orrery.store..",
            "org.orrery.process..",
            "org.orrery.*.runtime..")
        .as("core packages know no Vert.x, Kafka, SQL, HTTP or language model, and no runtime")
        .because(
            "a core is step(state, event, instant) -> (state, outputs);"
                + " take plain values in, hand plain values out, and adapt them in runtime")
        .allowEmptyShould(true);
  }

  /** Time and chance are handed in. */
  static ArchRule coresReadNoClock() {
    return noClasses()
        .that()
        .resideInAnyPackage(CORES, "org.orrery.simulator..", "org.orrery.contract..")
        .should()
        .callCodeUnitWhere(new ClockOrChance())
        .as("core packages read no clock and draw no unseeded randomness")
        .because(
            "a month of operation must repeat to the bit from one seed;"
                + " take the instant, the PlantClock, a seeded RandomGenerator or the IdSource as"
                + " an argument")
        .allowEmptyShould(true);
  }

  /** The simulator is stepped by its caller. */
  static ArchRule simulatorHasNoThreadAndNoInput() {
    return noClasses()
        .that()
        .resideInAPackage("org.orrery.simulator..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
                .or(
                    DescribedPredicate.describe(
                        "start threads or touch files",
                        c ->
                            c.getName()
                                .matches(
                                    "java\\.lang\\.Thread(\\$.*)?"
                                        + "|java\\.util\\.Timer(Task)?"
                                        + "|java\\.util\\.concurrent\\..*(Executor|Future|Pool).*"
                                        + "|java\\.io\\.File.*"))))
        .as("the simulator has no thread and no I/O")
        .because("its caller steps it; soft-ioc owns the thread and the sockets")
        .allowEmptyShould(true);
  }

  /** Rooms whose vocabulary must stay free of libraries. */
  static ArchRule knowsNoLibraryBut(Room room, String... libraries) {
    String[] granted =
        Stream.concat(Stream.of("java..", OURS, "org.jspecify.."), Stream.of(libraries))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(room.packages())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(granted)
        .as("%s is built on the JDK, jspecify and %s".formatted(room, nothingOr(Set.of(libraries))))
        .because("every other room inherits what it needs; declare a port and implement it above")
        .allowEmptyShould(true);
  }

  /** Only epics imports an EPICS library. */
  static ArchRule onlyEpicsImportsAnEpicsLibrary() {
    return noClasses()
        .that()
        .resideInAPackage(OURS)
        .and()
        .resideOutsideOfPackage("org.orrery.epics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.epics..", "gov.aps..", "com.cosylab..")
        .as("only the room epics imports an EPICS library")
        .because("each of those libraries has traps; use the ports of org.orrery.epics")
        .allowEmptyShould(true);
  }

  /** The optional client's library is imported by its adapter, so that its jar can stay away. */
  static ArchRule onlyItsAdapterImportsCorePva() {
    return noClasses()
        .that()
        .resideInAPackage(OURS)
        .and()
        .resideOutsideOfPackage("org.orrery.epics.corepva..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.epics.pva..", "org.orrery.epics.corepva.."))
        .as("core-pva and its adapter are reached by PvClientProvider only")
        .because("the default distribution comes without them; use org.orrery.epics.client")
        .allowEmptyShould(true);
  }

  /** One door: only gateway holds the client side, with which one can write. */
  static ArchRule onlyGatewayUsesTheClientSide() {
    return noClasses()
        .that()
        .resideInAPackage(OURS)
        .and()
        .resideOutsideOfPackages("org.orrery.epics..", "org.orrery.gateway..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.orrery.epics..")
                .and(resideOutsideOfPackages("org.orrery.epics", "org.orrery.epics.server.."))
                .and(DescribedPredicate.not(THE_READING_HALF)))
        .as("only gateway uses the client side of epics, but for what can only read")
        .because("whoever holds a client can write past the gate; ask the gate by its endpoint")
        .allowEmptyShould(true);
  }

  /** The adapters are reached by the ports only. */
  static ArchRule adaptersOfEpicsAreHidden() {
    return noClasses()
        .that()
        .resideInAPackage(OURS)
        .and()
        .resideOutsideOfPackage("org.orrery.epics..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.orrery.epics..")
                .and(
                    resideOutsideOfPackages(
                        "org.orrery.epics",
                        "org.orrery.epics.client..",
                        "org.orrery.epics.server..")))
        .as("other rooms reach EPICS by its ports, never by an adapter")
        .because("an adapter can be replaced; use org.orrery.epics.client or .server")
        .allowEmptyShould(true);
  }

  /** The package says what it is for, and null is marked in it. */
  static ArchRule packagesAreNullMarked() {
    return classes()
        .that()
        .resideInAPackage(OURS)
        .and(
            DescribedPredicate.describe(
                "are written by hand", c -> !c.getPackageName().startsWith("org.orrery.bus.wire.")))
        .should(
            condition(
                "be in a @NullMarked package",
                (c, events) ->
                    events.add(
                        new SimpleConditionEvent(
                            c,
                            c.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked"),
                            c.getPackageName() + " has no @NullMarked package-info.java"))))
        .because("each package says what it is for and what may not enter; write package-info.java")
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> faceIn(Room room) {
    return DescribedPredicate.describe(
        "are the face of " + room,
        c ->
            c.getPackageName().equals(room.packageName())
                && FACE.matcher(c.getName().substring(room.packageName().length() + 1)).matches());
  }

  private static ArchCondition<JavaClass> notDependOn(
      DescribedPredicate<JavaClass> hidden, DescribedPredicate<JavaClass> hiddenFromLab) {
    return condition(
        "not name the inside of another room",
        (c, events) -> {
          boolean lab = c.getPackageName().startsWith(Room.named("lab").packageName());
          c.getDirectDependenciesFromSelf().stream()
              .filter(d -> (lab ? hiddenFromLab : hidden).test(d.getTargetClass()))
              .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
        });
  }

  private static ArchCondition<JavaClass> condition(
      String description, BiConsumer<JavaClass, ConditionEvents> check) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        check.accept(item, events);
      }
    };
  }

  private static String nothingOr(Set<String> names) {
    return names.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(names));
  }
}
