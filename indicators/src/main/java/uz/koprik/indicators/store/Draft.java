package uz.koprik.indicators.store;

import java.util.Optional;

/**
 * An object that was judged fit to be stored and has no sequence number yet.
 *
 * @param facts what is known of it
 * @param object the producer's untouched bytes; the array is handed over and not changed afterwards
 * @param follows the version of the object that must be the latest one in view when this one is stored, 0 for none at
 *     all: otherwise it was made from something else than is there, and is {@link AppendResult.Stale}. Empty when it
 *     does not matter
 * @param claimant who submits it: decides about which statements of the store its outcome may depend
 */
@SuppressWarnings("ArrayRecordComponent") // never copied on the hot path, never compared
public record Draft(EntryMetadata facts, byte[] object, Optional<Long> follows, Claimant claimant) {

    /** One of this centre itself, that may follow any version. */
    public Draft(EntryMetadata facts, byte[] object) {
        this(facts, object, Optional.empty());
    }

    /** One of this centre itself. */
    public Draft(EntryMetadata facts, byte[] object, Optional<Long> follows) {
        this(facts, object, follows, Claimant.MEMBER);
    }
}
