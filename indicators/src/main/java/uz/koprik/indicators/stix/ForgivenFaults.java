package uz.koprik.indicators.stix;

import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.Sentence;
import uz.koprik.indicators.wording.SentenceKind;

/** The rules of STIX that a stored object breaks, and was taken with all the same, as sentences. */
public final class ForgivenFaults {

    /** The kind of these sentences. */
    public enum Kind implements SentenceKind {
        @English("taken although it is not valid: {said}")
        FORGIVEN
    }

    private ForgivenFaults() {}

    /** One sentence per fault. */
    public static List<Sentence> of(JsonObject object) {
        return StixReader.forgiven(object).stream()
                .map(ForgivenFaults::sentence)
                .toList();
    }

    /** The English sentences; null for a valid object, so that answers have no such member. */
    public static List<String> texts(JsonObject object) {
        List<Sentence> all = of(object);
        return all.isEmpty() ? null : all.stream().map(Sentence::text).toList();
    }

    /** What is wrong, where, and the word of the rule in settings. */
    public static Sentence sentence(Fault fault) {
        return Kind.FORGIVEN.of((fault.pointer().isEmpty() ? "" : fault.pointer() + ": ")
                + fault.rule() + " (" + fault.section() + "; "
                + fault.forgivable().map(rule -> rule.word()).orElse("") + ")");
    }
}
