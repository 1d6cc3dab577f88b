package uz.koprik.gateway.renewal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/**
 * Something that ends.
 *
 * @param kind what
 * @param of name of the centre whose it is
 * @param own whether that is this centre
 * @param at last moment at which it is valid
 */
public record Expiry(Kind kind, String of, boolean own, Instant at) {

    /** Days before an end at which people are warned; 0 after it. */
    public static final List<Integer> WARNED_DAYS = List.of(0, 1, 7, 30, 60);

    /** What ends. */
    public enum Kind {
        TRUST_LIST("trust_list", "trust list"),
        CARD("card", "card"),
        SIGNING_KEY("signing_key", "signing key"),
        CERTIFICATE("certificate", "TLS certificate"),
        AGREEMENT("agreement", "agreement with");

        private final String word;
        private final String words;

        Kind(String word, String words) {
            this.word = word;
            this.words = words;
        }

        /** For programs, such as {@code trust_list}. */
        public String word() {
            return word;
        }
    }

    /** What to do about an end. */
    public enum Advice implements SentenceKind {
        @English("the centre renews it by itself when it runs; look into the log for what keeps it from that")
        TRUST_LIST,
        @English(
                "the centre renews it by itself when it runs, and `koprik partner card` does; look into the log for what"
                        + " keeps it from that")
        OWN_CARD,
        @English("its keys stay valid, but the old card cannot be added again; ask its operators for the output of"
                + " `koprik partner card`, and add it")
        PARTNER_CARD,
        @English("after that partners refuse what it signs; replace it by `koprik key announce` and"
                + " `koprik key rotate`")
        OWN_SIGNING_KEY,
        @English("after that its objects are refused; ask its operators for a card with their new key, and" + " add it")
        PARTNER_SIGNING_KEY,
        @English("after that partners and clients refuse it; make a new one by `koprik tls renew`")
        OWN_CERTIFICATE,
        @English("after that this centre does not connect to it; its operators must make a new one for the"
                + " same key")
        PARTNER_CERTIFICATE,
        @English("after that it is given nothing, or only TLP:CLEAR where both sides signed; if it goes on, propose the"
                + " next version by `koprik agreement propose`, or correct valid_until in partners.yaml")
        AGREEMENT;
    }

    /** The smallest of {@link #WARNED_DAYS} that is reached; empty when the end is further away than all of them. */
    public OptionalInt threshold(Instant now) {
        return WARNED_DAYS.stream()
                .mapToInt(Integer::intValue)
                .filter(days -> !now.isBefore(at.minus(Duration.ofDays(days))))
                .findFirst();
    }

    /** Whether people should know of the end now. */
    public boolean near(Instant now) {
        return threshold(now).isPresent();
    }

    /** Whether it has ended. */
    public boolean ended(Instant now) {
        return now.isAfter(at);
    }

    /** The end in a sentence, with what to do. */
    public String sentence(Instant now) {
        return fact(now) + ": " + cure();
    }

    /** When it ends, in words. */
    public String fact(Instant now) {
        long days = Duration.between(now, at).toDays();
        String when = ended(now)
                ? "ended at " + at
                : "ends " + (days == 0 ? "within a day" : "in " + days + (days == 1 ? " day" : " days")) + ", at " + at;
        return "the " + kind.words + (kind == Kind.AGREEMENT ? " " : " of ") + of + " " + when;
    }

    /** What to do, in words. */
    public String cure() {
        return advice().english();
    }

    /** What to do. */
    public Advice advice() {
        return switch (kind) {
            case TRUST_LIST -> Advice.TRUST_LIST;
            case CARD -> own ? Advice.OWN_CARD : Advice.PARTNER_CARD;
            case SIGNING_KEY -> own ? Advice.OWN_SIGNING_KEY : Advice.PARTNER_SIGNING_KEY;
            case CERTIFICATE -> own ? Advice.OWN_CERTIFICATE : Advice.PARTNER_CERTIFICATE;
            case AGREEMENT -> Advice.AGREEMENT;
        };
    }
}
