package uz.koprik.indicators.validation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.conversion.Conversion;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.Severity;

/**
 * What was found out about one object.
 *
 * @param id STIX id; empty when it is unknown
 * @param type type of the object; empty when it is unknown
 * @param findings faults by itself, what is tolerated or advised against, and faults beside others of the file
 * @param object the object as it was read; empty when it is no JSON object
 * @param conversion what became of it, when it is one of STIX 2.0
 */
public record ObjectVerdict(
        String id, String type, List<Fault> findings, Optional<JsonObject> object, Optional<Conversion> conversion) {

    public ObjectVerdict {
        findings = List.copyOf(findings);
    }

    /** Whether it breaks no rule that makes an object invalid. */
    public boolean valid() {
        return findings.stream().noneMatch(f -> f.severity() == Severity.MUST);
    }

    /** The same with more that was found, at the end. */
    ObjectVerdict and(List<Fault> more) {
        return more.isEmpty()
                ? this
                : new ObjectVerdict(
                        id,
                        type,
                        Stream.concat(findings.stream(), more.stream()).toList(),
                        object,
                        conversion);
    }
}
