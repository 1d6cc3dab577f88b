package uz.koprik.indicators.store.entries;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which ids have more than one statement. A statement is all versions of an object by one creator; nearly every id has
 * one. Further ones are kept apart and have numbers from 1: of a claimant who could not know of the first, of another
 * producer of the same observable, or of the creator whom the first names and who did not vouch for it.
 *
 * <p>Of several statements a reader is shown the first that it may see, in the order of {@link Group#order}. The writer
 * alone changes this; readers see it with the next {@link EntryRows#publish}.
 */
public final class Statements {

    /** The entries of ids with several statements. */
    private final Map<Long, Member> members = new ConcurrentHashMap<>();

    /** Of which statement of which id an entry is. */
    record Member(Group group, int number) {}

    /**
     * The statements of one id.
     *
     * @param order their numbers, those of a rightful creator first
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed, never compared
    record Group(byte[] id, List<Integer> order, List<Integer> rightful) {

        /** Whether another statement comes before that of {@code number}. */
        boolean contested(int number) {
            return order.getFirst() != number;
        }

        int next() {
            return order.size();
        }
    }

    /** The number of the statement of an entry, 0 for the first of its id. */
    int number(long seq, RowBlock block, int row) {
        return block.has(row, RowBlock.SIBLINGS) ? members.get(seq).number : 0;
    }

    /** The statements of the id of an entry; null when it has one only. */
    Group group(long seq, RowBlock block, int row) {
        return block.has(row, RowBlock.SIBLINGS) ? members.get(seq).group : null;
    }

    /** Notes an entry of an id with several statements; its row has {@link RowBlock#SIBLINGS} afterwards. */
    void put(long seq, RowBlock block, int row, Group group, int number) {
        members.put(seq, new Member(group, number));
        block.set(row, RowBlock.SIBLINGS, true);
        block.set(row, RowBlock.CONTESTED, group.contested(number));
    }

    /** {@code group} with one more statement; {@code group} is null when there was one only. */
    static Group with(Group group, byte[] id, int number, boolean rightful) {
        List<Integer> first = group == null ? List.of() : group.rightful;
        List<Integer> others = group == null ? List.of(0) : group.order.subList(first.size(), group.order.size());
        return rightful
                ? new Group(id, joined(joined(first, number), others), joined(first, number))
                : new Group(id, joined(first, joined(others, number)), first);
    }

    private static List<Integer> joined(List<Integer> numbers, int last) {
        return joined(numbers, List.of(last));
    }

    private static List<Integer> joined(List<Integer> some, List<Integer> others) {
        return java.util.stream.Stream.concat(some.stream(), others.stream()).toList();
    }
}
