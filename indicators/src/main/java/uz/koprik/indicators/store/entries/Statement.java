package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Provenance;

/**
 * All versions of one object by one creator, as {@link VersionRules} sees them: what the catalogue holds, and what this
 * flush adds.
 */
final class Statement {

    private final EntryTable entryTable;
    private final long head;
    private final List<EntryMetadata> fresh = new ArrayList<>(1);
    private final List<Version> freshVersions = new ArrayList<>(1);
    final int number;

    /** A version that is there. */
    record Version(long seq, long added, long version, Predicate<String> hasDigest, boolean withdrawn) {}

    /** @param head its newest entry in the catalogue; 0 when this flush begins it */
    Statement(EntryTable entryTable, int number, long head) {
        this.entryTable = entryTable;
        this.number = number;
        this.head = head;
    }

    void add(EntryMetadata facts, long seq, long added) {
        fresh.add(facts);
        freshVersions.add(new Version(seq, added, facts.version(), facts.digest()::equals, false));
    }

    /**
     * Whether the claimant may learn that this statement exists: it may see the latest version, or made or sent it
     * itself.
     */
    boolean known(Claimant claimant) {
        if (claimant.knowsAll()) {
            return true;
        }
        if (!fresh.isEmpty()) {
            EntryMetadata latest = fresh.getLast();
            return (latest.unit().isEmpty() && claimant.audience().sees(latest.release()))
                    || madeBy(
                            claimant,
                            latest.receivedFrom(),
                            latest.authority(),
                            latest.producer().orElse(""));
        }
        long latest = latestOrHead();
        RowBlock block = entryTable.rows.block(latest);
        int row = RowBlock.index(latest);
        return entryTable.released(claimant.audience(), latest)
                || madeBy(
                        claimant,
                        entryTable.rows.sources.name(block.source[row]),
                        entryTable.rows.authorities.name(block.authority[row]),
                        entryTable.rows.producers.name(block.producer[row]));
    }

    private static boolean madeBy(Claimant claimant, String receivedFrom, String authority, String producer) {
        return claimant.partner()
                && (receivedFrom.equals(claimant.centre())
                        || (authority.isEmpty()
                                ? claimant.identities().contains(producer)
                                : authority.endsWith(" " + claimant.centre())));
    }

    /**
     * The property by which {@code facts} cannot be a further version of this: creator, {@code created} and authority
     * of the first version bind all later ones (STIX 2.1, sections 3.2 and 3.6).
     *
     * @return null when nothing differs
     */
    String differs(EntryMetadata facts) {
        Binding first = first();
        if (!first.producer.equals(facts.producer().orElse(""))) {
            return "/created_by_ref";
        }
        // A marking definition has no modified: what is published anew after a withdrawal differs by created alone.
        if (first.created != facts.created() && !facts.type().equals("marking-definition")) {
            return "/created";
        }
        return Provenance.sameAuthority(first.authority, facts.authority()) ? null : "";
    }

    /** Whether this statement names the creator who signed {@code facts}, and was taken in on somebody else's word. */
    boolean names(EntryMetadata facts) {
        Binding first = first();
        return facts.authority().isEmpty()
                && !first.authority.isEmpty()
                && first.producer.equals(facts.producer().orElse(""));
    }

    private record Binding(String producer, long created, String authority) {}

    private Binding first() {
        if (head == 0) {
            EntryMetadata facts = fresh.getFirst();
            return new Binding(facts.producer().orElse(""), facts.created(), facts.authority());
        }
        long first = head;
        for (long before = entryTable.previous(first); before != 0; before = entryTable.previous(first)) {
            first = before;
        }
        RowBlock block = entryTable.rows.block(first);
        int row = RowBlock.index(first);
        return new Binding(
                entryTable.rows.producers.name(block.producer[row]),
                block.created[row],
                entryTable.rows.authorities.name(block.authority[row]));
    }

    /** Whether a member of this centre submitted its latest version. */
    boolean latestByMember() {
        if (!fresh.isEmpty()) {
            return byMember(fresh.getLast());
        }
        long latest = latestOrHead();
        return entryTable.rows.block(latest).has(RowBlock.index(latest), RowBlock.BY_MEMBER);
    }

    /** The latest entry of the catalogue in view; the newest one when all are withdrawn. */
    private long latestOrHead() {
        long inView = entryTable.inView(head);
        return inView == 0 ? head : inView;
    }

    private static boolean byMember(EntryMetadata facts) {
        return facts.receivedFrom().isEmpty() && facts.sight() == EntryMetadata.ALL_CLASSES;
    }

    /** Whether these are the facts of an account that is no member of this centre. */
    static boolean byOutsideAccount(EntryMetadata facts) {
        return facts.receivedFrom().isEmpty() && facts.sight() != EntryMetadata.ALL_CLASSES;
    }

    /** The newest version, withdrawn or not. */
    long newest() {
        return fresh.isEmpty()
                ? entryTable.newestVersion(head)
                : fresh.getLast().version();
    }

    /** The latest entry in view; 0 when all are withdrawn. */
    long latest() {
        return freshVersions.isEmpty() ? entryTable.inView(head) : freshVersions.getLast().seq;
    }

    /** The version of {@link #latest}; 0 when there is none. */
    long latestVersion() {
        long seq = latest();
        return seq == 0 ? 0 : freshVersions.isEmpty() ? entryTable.version(seq) : freshVersions.getLast().version;
    }

    /** The version in view that is the same in number and digest. */
    Optional<Version> same(long version, String digest) {
        return version > newest()
                ? Optional.empty()
                : newestFirst().stream()
                        .filter(known -> !known.withdrawn && known.version == version && known.hasDigest.test(digest))
                        .findFirst();
    }

    /**
     * Whether {@code facts} are of the latest version, which only compromised keys prove, with a good signature: such
     * an object is stored once more. Signatures are not part of what makes a version the same.
     */
    boolean renews(EntryMetadata facts) {
        long latest = fresh.isEmpty() ? entryTable.inView(head) : 0;
        return latest != 0
                && entryTable.version(latest) == facts.version()
                && entryTable.hasDigest(latest, facts.digest())
                && entryTable.lostProofs().lost(latest)
                && entryTable.lostProofs().proves(facts)
                && differs(facts) == null;
    }

    List<Version> newestFirst() {
        List<Version> newestFirst = new ArrayList<>(freshVersions.reversed());
        for (long seq = head; seq != 0; seq = entryTable.previous(seq)) {
            if (entryTable.renewed(seq)) {
                continue; // the entry that stored it once more came before
            }
            long at = seq;
            newestFirst.add(new Version(
                    seq,
                    entryTable.rows.added(seq),
                    entryTable.version(seq),
                    digest -> entryTable.hasDigest(at, digest),
                    entryTable.withdrawn(seq)));
        }
        return newestFirst;
    }
}
