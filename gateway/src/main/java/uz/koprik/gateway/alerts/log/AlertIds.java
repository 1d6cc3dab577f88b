package uz.koprik.gateway.alerts.log;

import java.util.UUID;

/**
 * A growing set of ids, eight bytes each at two thirds full. Two ids of 120 random bits that agree in 64 do not occur
 * in practice. Belongs to one thread at a time.
 */
final class AlertIds {

    private long[] table = new long[1 << 10];
    private int size;

    static long of(UUID id) {
        long mixed = id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 29);
        // Zero marks an empty slot.
        return mixed == 0 ? 1 : mixed;
    }

    boolean contains(long fingerprint) {
        return table[place(table, fingerprint)] != 0;
    }

    void add(long fingerprint) {
        int place = place(table, fingerprint);
        if (table[place] == 0) {
            table[place] = fingerprint;
            if (++size * 3L > table.length * 2L) {
                grow();
            }
        }
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long fingerprint : table) {
            if (fingerprint != 0) {
                larger[place(larger, fingerprint)] = fingerprint;
            }
        }
        table = larger;
    }

    private static int place(long[] table, long fingerprint) {
        int at = (int) (fingerprint ^ fingerprint >>> 32) & table.length - 1;
        while (table[at] != 0 && table[at] != fingerprint) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }
}
