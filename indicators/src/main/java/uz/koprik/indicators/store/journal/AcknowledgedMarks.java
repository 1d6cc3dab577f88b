package uz.koprik.indicators.store.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What others know of a journal: it is damaged when it holds less.
 *
 * @param mark of {@link HighWaterMark}
 * @param witnesses further ones
 */
public record AcknowledgedMarks(Optional<HighWaterMark.Mark> mark, List<Witness> witnesses) {

    /** Nothing is known. */
    public static final AcknowledgedMarks NOTHING = new AcknowledgedMarks(Optional.empty(), List.of());

    /**
     * Something that has seen entries.
     *
     * @param name of it, for messages
     * @param seq the last one it has seen
     */
    public record Witness(String name, long seq) {}

    public AcknowledgedMarks {
        witnesses = List.copyOf(witnesses);
    }

    /** The same and one witness more. */
    public AcknowledgedMarks with(Witness witness) {
        List<Witness> more = new ArrayList<>(witnesses);
        more.add(witness);
        return new AcknowledgedMarks(mark, more);
    }

    /** The last entry that anybody has seen; 0 for none. */
    public long seq() {
        long most = mark.map(HighWaterMark.Mark::seq).orElse(0L);
        return witnesses.stream().mapToLong(Witness::seq).reduce(most, Math::max);
    }

    /** The witness that has seen most, when it has seen more than there is. */
    Optional<Witness> beyond(long seq) {
        return witnesses.stream().filter(witness -> witness.seq() > seq).max(Comparator.comparingLong(Witness::seq));
    }
}
