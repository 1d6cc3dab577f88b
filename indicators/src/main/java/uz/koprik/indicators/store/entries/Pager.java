package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;

/** Cuts pages by walking along the rows: as dear at the millionth entry as at the first. */
public final class Pager {

    private final EntryTable entryTable;

    public Pager(EntryTable entryTable) {
        this.entryTable = entryTable;
    }

    public Page page(Selection selection, long afterSeq, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more, not " + limit);
        }
        if (afterSeq < 0) {
            throw new IllegalArgumentException("afterSeq must be 0 or more, not " + afterSeq);
        }
        EntryRows rows = entryTable.rows;
        long last = rows.last();
        long after =
                selection.addedAfter() <= 0 ? afterSeq : Math.max(afterSeq, rows.lastAddedBy(selection.addedAfter()));
        RowFilter filter = RowFilter.of(selection, entryTable);
        return selection.ids().isEmpty()
                ? walk(filter, after, last, limit)
                : pick(filter, candidates(selection, after, last), Math.max(after, last), limit);
    }

    private Page walk(RowFilter filter, long after, long last, int limit) {
        List<Entry> found = new ArrayList<>(Math.min(limit, 1024));
        long seq = after + 1;
        while (seq <= last) {
            RowBlock block = entryTable.rows.block(seq);
            long end = Math.min(last, RowBlock.lastOf(seq));
            if (!filter.mayMatch(block)) {
                seq = end + 1;
            }
            for (; seq <= end; seq++) {
                if (filter.matches(seq, block, RowBlock.index(seq))) {
                    if (found.size() == limit) {
                        return new Page(found, true, seq - 1);
                    }
                    entryTable.found(seq).ifPresent(found::add);
                }
            }
        }
        return new Page(found, false, Math.max(after, last));
    }

    private long[] candidates(Selection selection, long after, long last) {
        return selection.ids().stream()
                .flatMap(id -> entryTable.heads(id).stream())
                .mapToLong(Long::longValue)
                .flatMap(head -> LongStream.iterate(head, seq -> seq > after, entryTable::previous))
                .filter(seq -> seq <= last)
                .sorted()
                .toArray();
    }

    private Page pick(RowFilter filter, long[] candidates, long end, int limit) {
        List<Entry> found = new ArrayList<>();
        for (long seq : candidates) {
            RowBlock block = entryTable.rows.block(seq);
            if (filter.matches(seq, block, RowBlock.index(seq))) {
                if (found.size() == limit) {
                    return new Page(found, true, seq - 1);
                }
                entryTable.found(seq).ifPresent(found::add);
            }
        }
        return new Page(found, false, end);
    }
}
