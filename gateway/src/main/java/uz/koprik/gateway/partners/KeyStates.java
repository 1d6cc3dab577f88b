package uz.koprik.gateway.partners;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.OtherKey;

/** What a key of the trust list is used for now. */
public final class KeyStates {

    private KeyStates() {}

    /** State of a key. */
    public enum State {
        /** Its owner may sign with it. Of a partner, also an announced one, since its card has no mark for those. */
        CURRENT,
        /** It is on the own card, and will be used. */
        ANNOUNCED,
        /** It is on the own card still, and another one is used. */
        FORMER,
        /** It is on no card any more; what it signed stays proven. */
        RETIRED,
        /** It was valid until a moment that is past. */
        ENDED,
        /** Somebody else may hold it. */
        COMPROMISED;

        /** For people and programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The state of a key.
     *
     * @param keys of this centre
     * @param own whether it is a key of this centre
     */
    public static State of(KeyNames.NamedKey named, CentreKeys keys, boolean own, Instant now) {
        if (named.key().compromisedSince().isPresent()) {
            return State.COMPROMISED;
        }
        if (named.removed()) {
            return State.RETIRED;
        }
        boolean ended = now.isAfter(named.key().validUntil());
        if (!own) {
            return ended ? State.RETIRED : State.CURRENT;
        }
        if (keys.publicKey().kid().equals(named.key().kid())) {
            return ended ? State.ENDED : State.CURRENT;
        }
        Optional<OtherKey> other = keys.otherSigning().stream()
                .filter(key -> key.kid().equals(named.key().kid()))
                .findFirst();
        return other.isEmpty() || ended
                ? State.RETIRED
                : other.get().kind() == OtherKey.Kind.NEXT ? State.ANNOUNCED : State.FORMER;
    }
}
