package uz.koprik.gateway.concurrent;

import java.util.HashMap;
import java.util.Map;

/** The sequence number up to which no batch of this gateway is unfinished. Safe for use by many threads at once. */
public final class LowWatermark {

    private final Map<Long, Long> floors = new HashMap<>();
    private long tickets;
    private long known;

    /** Called before anything of a batch is stored; the caller passes the ticket to {@link #end} in every case. */
    public synchronized long begin() {
        floors.put(++tickets, known);
        return tickets;
    }

    /** The batch is finished, or failed. */
    public synchronized void end(long ticket) {
        floors.remove(ticket);
    }

    /** An entry has this sequence number. Batches that begin later are stored after it. */
    public synchronized void reached(long seq) {
        known = Math.max(known, seq);
    }

    /**
     * A sequence number up to which every entry belongs to a batch that has ended.
     *
     * @param lastSeq the end of the sequence, read before this call
     */
    public synchronized long settled(long lastSeq) {
        return floors.values().stream().mapToLong(Long::longValue).reduce(lastSeq, Math::min);
    }
}
