package uz.koprik.indicators.stix;

import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.Fault;

/** The rules of STIX that a stored object breaks, and was taken with all the same, as sentences. */
public final class ForgivenFaults {

    private ForgivenFaults() {}

    /** One sentence per fault; null for a valid object, so that answers have no such member. */
    public static List<String> of(JsonObject object) {
        List<Fault> faults = StixReader.forgiven(object);
        return faults.isEmpty()
                ? null
                : faults.stream().map(ForgivenFaults::sentence).toList();
    }

    /** What is wrong, where, and the word of the rule in settings. */
    public static String sentence(Fault fault) {
        return "taken although it is not valid: " + (fault.pointer().isEmpty() ? "" : fault.pointer() + ": ")
                + fault.rule() + " (" + fault.section() + "; "
                + fault.forgivable().map(rule -> rule.word()).orElse("") + ")";
    }
}
