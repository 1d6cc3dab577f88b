package uz.koprik.indicators.store;

/** What became of one draft. */
public sealed interface Appended {

    /** Stored durably at this place of the sequence. */
    record Stored(long seq, long added) implements Appended {}

    /** The same object in the same version with the same digest is there already, at {@code seq}. Nothing was done. */
    record Duplicate(long seq, long added) implements Appended {}

    /** Another object with the same id and version is there already, at {@code seq}: equivocation. Nothing was done. */
    record Conflict(long seq) implements Appended {}

    /**
     * A higher version is there already, at {@code seq}: a replay of an old one; or not the one that the draft must follow, see {@link
     * Draft#follows}. Nothing was done.
     *
     * @param seq 0 when there is no version in view
     */
    record Stale(long seq, long version) implements Appended {}

    /** The object was withdrawn here and may not come back in a version that is not higher than the withdrawn one. */
    record Withdrawn(long version) implements Appended {}
}
