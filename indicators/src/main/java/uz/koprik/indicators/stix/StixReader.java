package uz.koprik.indicators.stix;

import java.util.List;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.types.Rulebook;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** The only way in for objects that others wrote: strict JSON, then every rule of STIX 2.1 that the rulebook has. */
public final class StixReader {

    /** Largest object that is taken, in bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private StixReader() {}

    /**
     * Reads one object.
     *
     * @param bytes UTF-8, the object and nothing else; handed over, never written into afterwards
     * @throws InvalidObject with all faults at once
     */
    public static StixObject read(byte[] bytes) throws InvalidObject {
        JsonObject json = parse(bytes);
        ObjectCheck check = Rulebook.check(json);
        if (!check.faults().isEmpty()) {
            throw new InvalidObject(check.faults());
        }
        return new StixObject(bytes, json);
    }

    /**
     * An object that was read, with the faults that it was taken with.
     *
     * @param forgiven faults of rules that were forgiven; empty for a valid object
     */
    public record Reading(StixObject object, List<Fault> forgiven) {

        public Reading {
            forgiven = List.copyOf(forgiven);
        }
    }

    /**
     * Reads one object, and takes it where every rule that it breaks is forgiven. One that carries signatures is
     * forgiven only what every source is: its producer vouches for its text.
     *
     * @param bytes as for {@link #read(byte[])}
     * @param rules that are forgiven besides those of {@link ForgivableRule#ALWAYS}
     * @throws InvalidObject with all faults that are not forgiven
     */
    public static Reading read(byte[] bytes, Set<ForgivableRule> rules) throws InvalidObject {
        JsonObject json = parse(bytes);
        List<Fault> faults = Rulebook.check(json).faults();
        if (faults.isEmpty()) {
            return new Reading(new StixObject(bytes, json), List.of());
        }
        boolean signed = json.object("extensions")
                .filter(extensions -> extensions.has(SignatureExtension.ID))
                .isPresent();
        Set<ForgivableRule> forgiven = signed ? Set.of() : rules;
        List<Fault> others =
                faults.stream().filter(fault -> !fault.forgivenBy(forgiven)).toList();
        if (!others.isEmpty()) {
            throw new InvalidObject(others);
        }
        return new Reading(new StixObject(bytes, json), faults);
    }

    /** The rules that a stored object breaks, and was taken with all the same. */
    public static List<Fault> forgiven(JsonObject stored) {
        return Rulebook.check(stored).faults().stream()
                .filter(fault -> fault.forgivable().isPresent())
                .toList();
    }

    /**
     * Reads an object again that was found valid when it was stored, by the rules of that day: none is applied to it
     * now.
     *
     * @param bytes as they were stored; kept, not copied
     * @throws InvalidObject when they are no JSON object: they are damaged
     */
    public static StixObject again(byte[] bytes) throws InvalidObject {
        return new StixObject(bytes, parse(bytes));
    }

    /**
     * What {@code object} does that STIX 2.1 advises against, or forbids without effect; such an object is taken all
     * the same.
     */
    public static List<Fault> warnings(StixObject object) {
        return Rulebook.examine(object.json()).advice();
    }

    /**
     * The text as an object that no rule has been applied to yet.
     *
     * @throws InvalidObject when it is too long, no JSON or no object
     */
    public static JsonObject parse(byte[] bytes) throws InvalidObject {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidObject(new Fault(
                    "", "", "the object has " + bytes.length + " bytes; at most " + MAX_BYTES + " are taken", ""));
        }
        Json json;
        try {
            json = StrictJson.parse(bytes);
        } catch (MalformedJson e) {
            throw new InvalidObject(new Fault(
                    "",
                    e.pointer(),
                    "line " + e.line() + ", column " + e.column() + ": " + e.reason(),
                    "RFC 8259, RFC 7493"));
        }
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new InvalidObject(
                new Fault("", "", "an object is expected, not a value of kind " + json.kind(), "STIX 2.1, 3"));
    }
}
