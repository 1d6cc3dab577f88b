package uz.koprik.indicators.warninglist;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds which of thousands of texts occur in a value, by the first characters of each. */
final class SubstringTable {

    /** Shorter entries are few, and each is looked for by itself. */
    private static final int LEAD = 4;

    private final Map<String, List<Entry>> byLead = new HashMap<>();
    private final List<Entry> shorter = new ArrayList<>();

    /**
     * Whether some entry begins with characters that fall on this bit: most places of most values need no other look.
     */
    private final BitSet leads = new BitSet(1 << 16);

    private record Entry(String text, WarningLists.Hit hit) {}

    void add(String text, WarningLists.Hit hit) {
        Entry entry = new Entry(text, hit);
        if (text.length() < LEAD) {
            shorter.add(entry);
        } else {
            leads.set(bit(text, 0));
            byLead.computeIfAbsent(text.substring(0, LEAD), lead -> new ArrayList<>(1))
                    .add(entry);
        }
    }

    private static int bit(String text, int at) {
        int hash = ((text.charAt(at) * 31 + text.charAt(at + 1)) * 31 + text.charAt(at + 2)) * 31 + text.charAt(at + 3);
        return (hash ^ hash >>> 16) & 0xFFFF;
    }

    private void addHits(String value, int at, List<WarningLists.Hit> hits) {
        for (Entry entry : byLead.getOrDefault(value.substring(at, at + LEAD), List.of())) {
            if (value.startsWith(entry.text, at) && value.indexOf(entry.text) == at) {
                hits.add(entry.hit);
            }
        }
    }

    void addHits(String anyCase, List<WarningLists.Hit> hits) {
        if (byLead.isEmpty() && shorter.isEmpty()) {
            return;
        }
        String value = anyCase.toLowerCase(Locale.ROOT);
        if (!byLead.isEmpty()) {
            for (int i = 0; i + LEAD <= value.length(); i++) {
                if (leads.get(bit(value, i))) {
                    addHits(value, i, hits);
                }
            }
        }
        for (Entry entry : shorter) {
            if (value.contains(entry.text)) {
                hits.add(entry.hit);
            }
        }
    }
}
