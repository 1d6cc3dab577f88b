package uz.koprik.gateway.centre;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.store.lucene.IndexReport;
import uz.koprik.indicators.store.lucene.JournalReport;

/**
 * What a look at the store of a home found.
 *
 * @param journal empty when there is no store yet, or a running centre has it open
 * @param index empty when there is no store yet
 * @param open whether a running centre has the store open
 */
public record StoreReport(Optional<JournalReport> journal, Optional<IndexReport> index, boolean open) {

    /** The state of the journal in words. */
    public String words() {
        return journal.map(found -> found.entries() + " entries are readable, " + found.acknowledged()
                        + " are known to be acknowledged")
                .orElse(
                        open
                                ? "a running centre has it open, which checked it when it started"
                                : "there is none yet; the first start makes it");
    }

    /** What is wrong with the mark beside the journal; empty when nothing is. */
    public Optional<String> markTrouble() {
        return journal.map(JournalReport::markTrouble).filter(trouble -> !trouble.isEmpty());
    }

    /** Why the next start reads the journal for a while before it answers; empty when it does not. */
    public List<String> indexTroubles(long many) {
        List<String> troubles = new ArrayList<>();
        if (index.isEmpty() || journal.map(found -> found.entries() == 0).orElse(false)) {
            return troubles;
        }
        long behind =
                journal.map(found -> found.entries() - index.get().entries()).orElse(0L);
        switch (index.get().state()) {
            case CURRENT -> {
                if (behind > many) {
                    troubles.add("it is " + behind + " entries behind the journal");
                }
            }
            case MISSING -> troubles.add("it is missing");
            case UNREADABLE -> troubles.add("it cannot be read");
            case FOREIGN -> troubles.add("it belongs to another journal");
            case OTHER_LAYOUT -> troubles.add("it has the layout of another version");
            case OTHER_READING -> troubles.add("another version of this program read the values in it");
        }
        return troubles;
    }
}
