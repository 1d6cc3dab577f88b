package uz.koprik.gateway.redactions;

import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Entry;

/**
 * What becomes of an order to redact, before it is done.
 *
 * @param original the version that is redacted
 * @param cut what goes because of its marking
 * @param also JSON pointers into the original of what goes with it
 * @param kept names of the properties that stay
 * @param repeated JSON pointers into the redaction of texts in which a text that was cut still stands
 * @param state what the order does
 * @param object the redaction, unsigned where it is not stored yet
 * @param before the stored redaction that is the same, or of which this becomes the next version; empty for a new one
 * @param terms to whom it goes
 */
public record RedactionPlan(
        Entry original,
        List<CutPart> cut,
        List<String> also,
        List<String> kept,
        List<String> repeated,
        State state,
        JsonObject object,
        Optional<Entry> before,
        ReleaseTerms terms) {

    public RedactionPlan {
        cut = List.copyOf(cut);
        also = List.copyOf(also);
        kept = List.copyOf(kept);
        repeated = List.copyOf(repeated);
    }

    /** What an order does. */
    public enum State {
        /** It makes a redaction. */
        NEW,
        /** It makes the next version of one, since the original has a later version. */
        NEW_VERSION,
        /** The same redaction is here. */
        UNCHANGED
    }

    /**
     * A part that is cut.
     *
     * @param pointer JSON pointer into the original
     * @param marking label of TLP, or the id of another marking
     * @param unknown whether nobody here knows what the marking means, so that it counts as the strictest
     */
    public record CutPart(String pointer, String marking, boolean unknown) {}

    /** Id of the redaction. */
    public String id() {
        return object.string("id").orElseThrow();
    }
}
