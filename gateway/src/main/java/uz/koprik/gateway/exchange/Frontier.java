package uz.koprik.gateway.exchange;

import java.util.HashMap;
import java.util.Map;

/**
 * Knows up to where in the sequence no batch of this gateway is still on its way. Safe for use by many threads at once.
 */
final class Frontier {

    private final Map<Long, Long> floors = new HashMap<>();
    private long tickets;
    private long known;

    /** Called before anything of a batch is stored; the ticket is given back to {@link #end} whatever happens. */
    synchronized long begin() {
        floors.put(++tickets, known);
        return tickets;
    }

    /** Everything that is ever to be done with a batch has been done, or failed. */
    synchronized void end(long ticket) {
        floors.remove(ticket);
    }

    /** An entry has this place. Batches that begin later are stored behind it. */
    synchronized void reached(long seq) {
        known = Math.max(known, seq);
    }

    /**
     * A place up to which every entry belongs to a batch that has ended.
     *
     * @param lastSeq the end of the sequence, read before this call
     */
    synchronized long settled(long lastSeq) {
        return floors.values().stream().mapToLong(Long::longValue).reduce(lastSeq, Math::min);
    }
}
