package uz.koprik.gateway.intake;

import java.util.HashMap;
import java.util.Map;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;

/**
 * The marking definitions of TLP, which everybody has and nobody signs. They come in as they were published and in no
 * other wording, so there is nothing a signature would have to prove.
 */
final class StandardMarkings {

    private static final Map<String, String> DIGESTS = digests();

    private StandardMarkings() {}

    /**
     * Whether this is one of them, unchanged or in a wording that is forgiven: its id alone says what it means, so
     * nothing follows from its wording.
     */
    static boolean is(Candidate candidate) {
        return is(candidate.object)
                || (!candidate.forgiven.isEmpty()
                        && claims(candidate.object)
                        && candidate.object.signatures().isEmpty());
    }

    /** Whether this is one of them, unchanged. */
    private static boolean is(StixObject object) {
        // A signature nobody looks at could carry any text at all.
        return object.type().equals("marking-definition")
                && object.signatures().isEmpty()
                && object.digest().equals(DIGESTS.get(object.id()));
    }

    /** Whether it has the id of one of them, with any content. */
    static boolean claims(StixObject object) {
        return DIGESTS.containsKey(object.id());
    }

    private static Map<String, String> digests() {
        Map<String, String> digests = new HashMap<>();
        for (String id : Markings.ids()) {
            try {
                digests.put(
                        id, StixReader.read(Markings.object(id).orElseThrow()).digest());
            } catch (InvalidObject e) {
                throw new IllegalStateException("the marking definitions of TLP must be valid objects", e);
            }
        }
        return Map.copyOf(digests);
    }
}
