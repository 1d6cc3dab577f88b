package uz.koprik.indicators.store;

import java.nio.ByteBuffer;
import uz.koprik.indicators.policy.ReleaseTerms;

/**
 * One version of one object as accepted. Safe to keep and to share between threads until the store is closed.
 *
 * <p>{@link #facts()} may be read from disk on first use; {@link #object()} never copies.
 */
public interface Entry {

    /** Its sequence number, from 1; later entries have higher numbers. */
    long seq();

    /** When it was added, in microseconds since the epoch; strictly increasing with {@link #seq()}. */
    long added();

    /** When its object was first added; earlier than {@link #added()} when it was {@linkplain Renewal renewed}. */
    long firstAdded();

    /** The class in force now: as taken in, or narrowed since by a stricter object it refers to. */
    ReleaseTerms release();

    /** Whether a later version of the same object is in view: accepted, and not withdrawn since. */
    boolean superseded();

    /** The producer's untouched bytes, read-only, a fresh view each call. */
    ByteBuffer object();

    /** What is known of it besides its bytes. */
    EntryMetadata facts();
}
