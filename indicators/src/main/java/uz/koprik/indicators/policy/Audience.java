package uz.koprik.indicators.policy;

/**
 * What one recipient may see, as the set of {@link ReleaseClass} codes released to them. Stores apply it inside every
 * read, so that pages, searches, counts and facets never know more than the recipient does.
 *
 * @param codes bit {@code n} is set when class code {@code n} is released
 */
public record Audience(long codes) {

    /** Sees everything: for the centre's own housekeeping, never for answering somebody. */
    public static final Audience HOUSEKEEPING = new Audience(-1L);

    /** Whether an object of this class code is released. */
    public boolean sees(byte classCode) {
        return (codes >>> classCode & 1) != 0;
    }
}
