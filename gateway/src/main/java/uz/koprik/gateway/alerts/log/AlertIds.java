package uz.koprik.gateway.alerts.log;

import java.util.UUID;

/**
 * The ids of alerts with their sequence numbers, sixteen bytes each at two thirds full. Two ids of 120 random bits that
 * agree in 64 do not occur in practice. Belongs to one thread at a time.
 */
final class AlertIds {

    private long[] table = new long[1 << 10];
    private long[] seqs = new long[1 << 10];
    private int size;

    static long of(UUID id) {
        long mixed = id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 29);
        // Zero marks an empty slot.
        return mixed == 0 ? 1 : mixed;
    }

    boolean contains(long fingerprint) {
        return table[place(table, fingerprint)] != 0;
    }

    /** The sequence number of the alert; 0 when it is not known. */
    long seq(long fingerprint) {
        return seqs[place(table, fingerprint)];
    }

    /** @param seq the sequence number; 0 for an alert that is not kept any more */
    void add(long fingerprint, long seq) {
        int place = place(table, fingerprint);
        if (table[place] == 0) {
            table[place] = fingerprint;
            seqs[place] = seq;
            if (++size * 3L > table.length * 2L) {
                grow();
            }
        }
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        long[] largerSeqs = new long[table.length * 2];
        for (int i = 0; i < table.length; i++) {
            if (table[i] != 0) {
                int place = place(larger, table[i]);
                larger[place] = table[i];
                largerSeqs[place] = seqs[i];
            }
        }
        table = larger;
        seqs = largerSeqs;
    }

    private static int place(long[] table, long fingerprint) {
        int at = (int) (fingerprint ^ fingerprint >>> 32) & table.length - 1;
        while (table[at] != 0 && table[at] != fingerprint) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }
}
