package org.orrery.gateway.core;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.orrery.contract.Bytes;
import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.Person;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.Consent;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.CanonicalReader.MalformedException;

/**
 * The bytes of a journal entry. A command is kept as the canonical bytes that its signature covers,
 * so that the journal proves what was signed. Stateless.
 */
public final class JournalCodec {
  private static final String ATTEMPTED = "orrery.gate.attempted.v1";
  private static final String ENDED = "orrery.gate.ended.v1";
  private static final String DECLINED = "orrery.gate.declined.v1";
  private static final String TURNED_AWAY = "orrery.gate.turned-away.v1";
  private static final String SWITCHED = "orrery.gate.switched.v1";

  private JournalCodec() {}

  /** Encodes an entry. */
  public static Bytes encode(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Attempted attempted -> {
        CanonicalBytes bytes =
            new CanonicalBytes(ATTEMPTED)
                .bytes(attempted.signed().command().canonicalBytes())
                .bytes(attempted.signed().signature());
        attempted.before().encode(bytes);
        yield bytes.integer(attempted.wallNs()).toBytes();
      }
      case JournalEntry.Ended ended -> {
        CanonicalBytes bytes = new CanonicalBytes(ENDED).text(ended.command().value());
        encode(ended.outcome(), bytes);
        yield bytes.flag(ended.settled()).integer(ended.wallNs()).toBytes();
      }
      case JournalEntry.Declined declined -> {
        CanonicalBytes bytes =
            new CanonicalBytes(DECLINED)
                .bytes(declined.signed().command().canonicalBytes())
                .bytes(declined.signed().signature());
        encode(declined.outcome(), bytes);
        yield bytes.integer(declined.wallNs()).toBytes();
      }
      case JournalEntry.TurnedAway away ->
          new CanonicalBytes(TURNED_AWAY)
              .text(away.command().value())
              .text(away.reason().name())
              .text(away.text())
              .integer(away.omitted())
              .integer(away.wallNs())
              .toBytes();
      case JournalEntry.Switched switched -> {
        WritingState state = switched.state();
        yield new CanonicalBytes(SWITCHED)
            .flag(state.stopped())
            .text(state.by())
            .text(state.reason())
            .integer(state.sinceNs())
            .list(state.releasedBy(), CanonicalBytes::text)
            .toBytes();
      }
    };
  }

  /**
   * Decodes an entry.
   *
   * @throws IllegalArgumentException when the bytes are no entry of a known layout
   */
  public static JournalEntry decode(Bytes bytes) {
    CanonicalReader in = new CanonicalReader(bytes);
    try {
      String label = in.text();
      JournalEntry entry =
          switch (label) {
            case ATTEMPTED -> attempted(in);
            case ENDED -> ended(in);
            case DECLINED -> declined(in);
            case TURNED_AWAY -> turnedAway(in);
            case SWITCHED -> switched(in);
            default -> throw new MalformedException("unknown layout '" + label + "'");
          };
      in.end();
      return entry;
    } catch (MalformedException e) {
      throw new IllegalArgumentException("not a journal entry: " + e.getMessage(), e);
    }
  }

  private static JournalEntry attempted(CanonicalReader in) {
    Command command = command(in.bytes());
    Bytes signature = in.bytes();
    Value before = value(in);
    return new JournalEntry.Attempted(new SignedCommand(command, signature), before, in.integer());
  }

  private static JournalEntry ended(CanonicalReader in) {
    CommandId id = new CommandId(in.text());
    CommandOutcome outcome = outcome(id, in);
    return new JournalEntry.Ended(id, outcome, in.flag(), in.integer());
  }

  private static JournalEntry declined(CanonicalReader in) {
    SignedCommand signed = new SignedCommand(command(in.bytes()), in.bytes());
    return outcome(signed.command().id(), in) instanceof CommandOutcome.Refused refused
        ? new JournalEntry.Declined(signed, refused, in.integer())
        : fail("what is declined is refused");
  }

  private static JournalEntry turnedAway(CanonicalReader in) {
    return new JournalEntry.TurnedAway(
        new CommandId(in.text()),
        CommandOutcome.Reason.valueOf(in.text()),
        in.text(),
        in.integer(),
        in.integer());
  }

  private static JournalEntry switched(CanonicalReader in) {
    return new JournalEntry.Switched(
        new WritingState(
            in.flag(), in.text(), in.text(), in.integer(), in.list(CanonicalReader::text)));
  }

  private static Command command(Bytes bytes) {
    CanonicalReader in = new CanonicalReader(bytes);
    Function<CanonicalReader, Consent> consent = consent(in.text());
    Command command =
        new Command(
            new CommandId(in.text()),
            new ProposalId(in.text()),
            in.bytes(),
            Math.toIntExact(in.integer()),
            new ChannelId(in.text()),
            value(in),
            in.text(),
            in.list(JournalCodec::precondition),
            in.integer(),
            in.integer(),
            in.integer(),
            consent.apply(in),
            in.list(consent));
    in.end();
    if (!command.canonicalBytes().equals(bytes)) {
      throw new MalformedException("a command that is not encoded canonically");
    }
    return command;
  }

  /** How a layout of commands says who asked and who approved. */
  private static Function<CanonicalReader, Consent> consent(String layout) {
    return switch (layout) {
      case "orrery.command.v1" -> in -> new Consent(in.text(), Set.of(), 0);
      case "orrery.command.v2" ->
          in ->
              new Consent(
                  in.text(),
                  Set.copyOf(in.list(role -> Person.Role.valueOf(role.text()))),
                  in.integer());
      default -> throw new MalformedException("unknown layout of a command '" + layout + "'");
    };
  }

  private static Precondition precondition(CanonicalReader in) {
    ChannelId channel = new ChannelId(in.text());
    String kind = in.text();
    Precondition.Condition condition =
        switch (kind) {
          case "within" -> new Precondition.Condition.Within(in.number(), in.number());
          case "shows" -> new Precondition.Condition.Shows(in.text());
          default -> throw new MalformedException("unknown condition '" + kind + "'");
        };
    return new Precondition(channel, condition, in.integer(), in.text());
  }

  private static Value value(CanonicalReader in) {
    String kind = in.text();
    return switch (kind) {
      case "double" -> new Value.DoubleValue(in.number());
      case "long" -> new Value.LongValue(in.integer());
      case "text" -> new Value.TextValue(in.text());
      case "choice" -> new Value.ChoiceValue(Math.toIntExact(in.integer()), in.text());
      case "array" -> array(in);
      case "histogram" -> {
        DoubleArrayValue edges = nestedArray(in);
        yield new HistogramValue(edges, nestedArray(in));
      }
      default -> throw new MalformedException("unknown kind of value '" + kind + "'");
    };
  }

  private static DoubleArrayValue nestedArray(CanonicalReader in) {
    return value(in) instanceof DoubleArrayValue array
        ? array
        : fail("a histogram is made of two arrays");
  }

  private static DoubleArrayValue array(CanonicalReader in) {
    long size = in.integer();
    if (size < 0 || size > Integer.MAX_VALUE / Double.BYTES) {
      return fail("an array of " + size + " elements");
    }
    List<Double> elements = new java.util.ArrayList<>();
    for (long i = 0; i < size; i++) {
      elements.add(in.number());
    }
    return DoubleArrayValue.of(elements.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void encode(CommandOutcome outcome, CanonicalBytes bytes) {
    switch (outcome) {
      case CommandOutcome.Confirmed confirmed -> {
        bytes.text("confirmed").integer(confirmed.atNs());
        confirmed.readback().encode(bytes);
      }
      case CommandOutcome.Refused refused ->
          bytes
              .text("refused")
              .integer(refused.atNs())
              .text(refused.reason().name())
              .text(refused.detail());
      case CommandOutcome.Unknown unknown ->
          bytes.text("unknown").integer(unknown.atNs()).text(unknown.why());
    }
  }

  private static CommandOutcome outcome(CommandId id, CanonicalReader in) {
    String kind = in.text();
    long atNs = in.integer();
    return switch (kind) {
      case "confirmed" -> new CommandOutcome.Confirmed(id, atNs, value(in));
      case "refused" ->
          new CommandOutcome.Refused(id, atNs, CommandOutcome.Reason.valueOf(in.text()), in.text());
      case "unknown" -> new CommandOutcome.Unknown(id, atNs, in.text());
      default -> throw new MalformedException("unknown outcome '" + kind + "'");
    };
  }

  private static <T> T fail(String message) {
    throw new MalformedException(message);
  }
}
