package uz.koprik.indicators.warninglist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds which of thousands of texts occur in a value, by the first characters of each. */
final class SubstringTable {

    /** Shorter entries are few, and each is looked for by itself. */
    private static final int LEAD = 4;

    private final Map<String, List<Entry>> byLead = new HashMap<>();
    private final List<Entry> shorter = new ArrayList<>();

    private record Entry(String text, WarningLists.Hit hit) {}

    void add(String text, WarningLists.Hit hit) {
        Entry entry = new Entry(text, hit);
        if (text.length() < LEAD) {
            shorter.add(entry);
        } else {
            byLead.computeIfAbsent(text.substring(0, LEAD), lead -> new ArrayList<>(1)).add(entry);
        }
    }

    void addHits(String value, List<WarningLists.Hit> hits) {
        if (!byLead.isEmpty()) {
            for (int i = 0; i + LEAD <= value.length(); i++) {
                for (Entry entry : byLead.getOrDefault(value.substring(i, i + LEAD), List.of())) {
                    if (value.startsWith(entry.text, i) && value.indexOf(entry.text) == i) {
                        hits.add(entry.hit);
                    }
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
