package uz.koprik.indicators.store.entries;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers for names that many entries share, so that a row holds four bytes of each. One writer, any readers. */
public final class StringDictionary {

    /** What {@link #find} says of a name that nobody has. */
    public static final int NONE = -1;

    private final ConcurrentHashMap<String, Integer> codes = new ConcurrentHashMap<>();
    private volatile String[] names = new String[16];
    private int count;

    /** The number of a name, a new one if need be. Called by the writer only. */
    public int code(String name) {
        Integer known = codes.get(name);
        if (known != null) {
            return known;
        }
        String[] all = names;
        if (count == all.length) {
            all = Arrays.copyOf(all, count * 2);
        }
        all[count] = name;
        names = all;
        codes.put(name, count);
        return count++;
    }

    public int find(String name) {
        return codes.getOrDefault(name, NONE);
    }

    public String name(int code) {
        return names[code];
    }

    /** One more than the highest number assigned so far. */
    public int size() {
        return codes.size();
    }
}
