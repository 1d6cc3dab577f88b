package uz.koprik.indicators.store.elasticsearch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import uz.koprik.crypto.Sha256;

/**
 * Which ids anything ever referred to, as 64 bits of a hash each, so that most questions for referrers need not be asked at
 * all: nobody refers to what has just come. May say yes by mistake, never no.
 */
final class References {

    private long[] slots = new long[1 << 12];
    private int used;

    synchronized void add(List<String> ids) {
        for (String id : ids) {
            if (insert(slots, hash(id)) && ++used > slots.length / 2) {
                long[] larger = new long[slots.length * 2];
                Arrays.stream(slots).filter(hash -> hash != 0).forEach(hash -> insert(larger, hash));
                slots = larger;
            }
        }
    }

    synchronized boolean maybe(String id) {
        long hash = hash(id);
        int mask = slots.length - 1;
        int i = (int) hash & mask;
        while (slots[i] != 0 && slots[i] != hash) {
            i = i + 1 & mask;
        }
        return slots[i] == hash;
    }

    private static boolean insert(long[] into, long hash) {
        int mask = into.length - 1;
        int i = (int) hash & mask;
        while (into[i] != 0 && into[i] != hash) {
            i = i + 1 & mask;
        }
        boolean isNew = into[i] == 0;
        into[i] = hash;
        return isNew;
    }

    private static long hash(String id) {
        return ByteBuffer.wrap(Sha256.of(id.getBytes(StandardCharsets.UTF_8))).getLong() | 1;
    }
}
