package uz.koprik.indicators.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.conversion.Conversion;
import uz.koprik.indicators.stix.conversion.Stix20;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.Severity;
import uz.koprik.indicators.stix.rules.types.Rulebook;

/** Judges objects against all rules of STIX 2.1, those that only advise included. */
public final class Validation {

    private Validation() {}

    /**
     * Judges one object.
     *
     * @param text the object and nothing else, UTF-8
     * @param firstLine line of the file on which it begins, from 1
     * @param amongOthers whether it comes out of a bundle or an envelope: only there may an object leave out its
     *     version and so be one of STIX 2.0 (STIX 2.1, section 3.2)
     */
    public static ObjectVerdict judge(byte[] text, int firstLine, boolean amongOthers) {
        Json json;
        try {
            json = StrictJson.parse(text);
        } catch (MalformedJson e) {
            return unreadable(
                    e.pointer(),
                    "line " + (firstLine + e.line() - 1) + ", column " + e.column() + ": " + e.reason(),
                    "RFC 8259, RFC 7493");
        }
        return json instanceof JsonObject object
                ? judge(object, amongOthers)
                : unreadable("", "an object is expected, not a value of kind " + json.kind(), "STIX 2.1, 3");
    }

    /** As {@link #judge(byte[], int, boolean)}, for an object that is parsed already. */
    public static ObjectVerdict judge(JsonObject object, boolean amongOthers) {
        boolean old = Stix20.isStix20(object)
                && (amongOthers || object.has("spec_version"))
                && !object.string("type").orElse("").equals("bundle");
        List<Fault> findings = new ArrayList<>();
        Optional<Conversion> conversion = old ? Optional.of(Stix20.convert(object)) : Optional.empty();
        if (old) {
            for (JsonObject converted : conversion.get().objects()) {
                add(Rulebook.examine(converted), findings);
            }
            findings.add(new Fault(
                    object.string("id").orElse(""),
                    "/spec_version",
                    "the object is one of STIX 2.0, and was judged as what it becomes; centres exchange STIX 2.1 only",
                    "STIX 2.1, 3.2",
                    Severity.TOLERATED));
        } else {
            add(Rulebook.examine(object), findings);
        }
        return new ObjectVerdict(
                object.string("id").orElse(""),
                object.string("type").orElse(""),
                findings,
                Optional.of(object),
                conversion);
    }

    /** Judges a bundle but for the objects in it. */
    public static ObjectVerdict judgeBundle(JsonObject frame) {
        List<Fault> findings = new ArrayList<>();
        add(Rulebook.examineBundle(frame), findings);
        return new ObjectVerdict(
                frame.string("id").orElse(""), "bundle", findings, Optional.of(frame), Optional.empty());
    }

    /** The verdict on something that could not be read. */
    static ObjectVerdict unreadable(String pointer, String reason, String section) {
        return new ObjectVerdict(
                "", "", List.of(new Fault("", pointer, reason, section)), Optional.empty(), Optional.empty());
    }

    private static void add(ObjectCheck check, List<Fault> findings) {
        findings.addAll(check.faults());
        findings.addAll(check.advice());
    }
}
