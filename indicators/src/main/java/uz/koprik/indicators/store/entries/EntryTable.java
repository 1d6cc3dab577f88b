package uz.koprik.indicators.store.entries;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.Renewal;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.journal.ByteReader;
import uz.koprik.indicators.store.journal.ByteWriter;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.ErasedRecord;
import uz.koprik.indicators.store.journal.JournalRecord;

/**
 * The view that is always up to date: a row per entry, and the way from an id to its versions. Made from journal
 * records alone, by the same code when a store is opened and when something was appended.
 */
public final class EntryTable {

    public final EntryRows rows;
    private final EntryHeads entryHeads;
    private final IdTable ids;
    private final CaseUnitIndex cases;
    private final LostProofs lostProofs;
    private final Statements statements = new Statements();
    private final Erasures erasures;
    /** By an entry that was stored once more, the entry that did so. */
    private final Map<Long, Long> renewals = new ConcurrentHashMap<>();

    public EntryTable(EntryRows rows, EntryHeads entryHeads) {
        this.rows = rows;
        this.entryHeads = entryHeads;
        this.ids = new IdTable(rows, entryHeads, statements);
        this.cases = new CaseUnitIndex(rows);
        this.lostProofs = new LostProofs(rows);
        this.erasures = new Erasures(this);
    }

    /** Which entries only compromised keys prove. */
    LostProofs lostProofs() {
        return lostProofs;
    }

    /** Which entries were erased. */
    public Erasures erasures() {
        return erasures;
    }

    /**
     * The newest entry of an object, in view or not; 0 when there is none. Of several statements, that of the one that
     * comes first.
     */
    public long head(String id) {
        List<Long> all = heads(id.getBytes(StandardCharsets.UTF_8));
        return all.isEmpty() ? 0 : all.getFirst();
    }

    /** Whether readers may find anything under an id, in view or not. */
    public boolean holds(String id) {
        long head = head(id);
        return head != 0 && head <= rows.last();
    }

    /** The newest entries of all statements of an id, in view or not, the statement that comes first first. */
    List<Long> heads(String id) {
        return heads(id.getBytes(StandardCharsets.UTF_8));
    }

    private List<Long> heads(byte[] id) {
        long first = head(id, 0);
        if (first == 0) {
            return List.of();
        }
        Statements.Group group = group(first);
        return group == null
                ? List.of(first)
                : group.order().stream().map(number -> head(id, number)).toList();
    }

    private long head(byte[] id, int statement) {
        return ids.find(id, statement, ids.hash(id, statement));
    }

    private Statements.Group group(long seq) {
        return statements.group(seq, rows.block(seq), RowBlock.index(seq));
    }

    /** Number of the statement of an entry. */
    int statement(long seq) {
        return statements.number(seq, rows.block(seq), RowBlock.index(seq));
    }

    /** All statements of an id, the one that comes first first. */
    List<Statement> statements(byte[] id) {
        List<Long> all = heads(id);
        return all.isEmpty()
                ? List.of()
                : all.stream()
                        .map(head -> new Statement(this, statement(head), head))
                        .toList();
    }

    /** What would become of a draft if it were appended now; does not know of drafts that are being appended. */
    public AppendResult foresee(EntryMetadata facts, Optional<Long> follows, Claimant claimant) {
        return switch (new VersionRules(this)
                .rule(facts, facts.id().getBytes(StandardCharsets.UTF_8), follows, claimant)) {
            case VersionRules.Ruling.Refused(AppendResult why) -> why;
            case VersionRules.Ruling.Accepted ruling -> new AppendResult.NewEntry(0, 0, ruling.contests());
        };
    }

    /** The latest version in view of the first statement of which the claimant may know; 0 when there is none. */
    public long known(String id, Claimant claimant) {
        for (Statement statement : statements(id.getBytes(StandardCharsets.UTF_8))) {
            if (statement.latest() != 0 && statement.known(claimant)) {
                return statement.latest();
            }
        }
        return 0;
    }

    /** The version that is in view already, as far as the claimant may know of it; 0 when there is none. */
    public long duplicate(String id, long version, String digest, Claimant claimant) {
        for (Statement statement : statements(id.getBytes(StandardCharsets.UTF_8))) {
            Optional<Statement.Version> same = statement.same(version, digest);
            if (same.isPresent() && statement.known(claimant)) {
                return same.get().seq();
            }
        }
        return 0;
    }

    public long previous(long seq) {
        return rows.block(seq).previous[RowBlock.index(seq)];
    }

    public boolean withdrawn(long seq) {
        return rows.block(seq).has(RowBlock.index(seq), RowBlock.WITHDRAWN);
    }

    /** Whether an entry is in no view: withdrawn, or stored once more since. */
    boolean hidden(long seq) {
        return rows.block(seq).has(RowBlock.index(seq), RowBlock.HIDDEN);
    }

    /** Whether an entry was stored once more since. */
    boolean renewed(long seq) {
        return rows.block(seq).has(RowBlock.index(seq), RowBlock.RENEWED);
    }

    /**
     * The highest version of a statement, withdrawn or not. It may lie before the newest entry: what was stored once
     * more comes after later versions that were withdrawn.
     */
    long newestVersion(long head) {
        long newest = version(head);
        for (long seq = previous(head); seq != 0 && hidden(seq); seq = previous(seq)) {
            newest = Math.max(newest, version(seq));
        }
        return newest;
    }

    /** Whether an entry may be stored once more: it is the latest version in view, with these terms. */
    boolean renewable(Renewal renewal) {
        long seq = renewal.seq();
        return seq >= 1
                && seq <= rows.last()
                && !hidden(seq)
                && !rows.block(seq).has(RowBlock.index(seq), RowBlock.SUPERSEDED)
                && ReleaseTerms.of(rows.block(seq).release[RowBlock.index(seq)]).equals(renewal.from());
    }

    /** The first entry in view going back from {@code seq} through the versions of its object; 0 when there is none. */
    public long inView(long seq) {
        long at = seq;
        while (at != 0 && hidden(at)) {
            at = previous(at);
        }
        return at;
    }

    /** Whether an entry that never leaves the centre is of these units, by their numbers, and of no other. */
    boolean isOf(BitSet units, RowBlock block, int row) {
        return cases.ofAll(units, block, row);
    }

    /** Whether the class of an entry is released, and its unit is among those of the audience. */
    boolean released(Audience audience, long seq) {
        return RowFilter.of(this, audience, Versions.ALL).released(rows.block(seq), RowBlock.index(seq));
    }

    /**
     * Whether a statement that comes before that of this entry is shown to the reader, who is then not shown this one.
     */
    boolean preceded(long seq, RowFilter reader) {
        Statements.Group group = group(seq);
        int number = statement(seq);
        for (int before : group.order()) {
            if (before == number) {
                return false;
            }
            long latest = inView(head(group.id(), before));
            if (latest != 0 && reader.released(rows.block(latest), RowBlock.index(latest))) {
                return true;
            }
        }
        return false;
    }

    /** The latest version in view of what the audience is shown under an id; 0 when that is nothing. */
    public long shown(String id, Audience audience) {
        for (long head : heads(id)) {
            long latest = inView(head);
            if (latest != 0 && sees(audience, latest)) {
                return latest;
            }
        }
        return 0;
    }

    /** The latest versions in view of all statements of an id, that which comes first first. */
    public List<Entry> latestOfEach(String id) {
        return heads(id).stream()
                .map(this::inView)
                .filter(seq -> seq != 0)
                .flatMap(seq -> found(seq).stream())
                .toList();
    }

    /** What {@link #latestOfEach} leaves out, once each: earlier versions, and what was withdrawn. */
    public List<Entry> pastOf(String id) {
        List<Entry> past = new ArrayList<>();
        for (long head : heads(id)) {
            long latest = inView(head);
            for (long seq = head; seq != 0; seq = previous(seq)) {
                if (seq != latest && !renewed(seq)) {
                    found(seq).ifPresent(past::add);
                }
            }
        }
        return past;
    }

    /**
     * The versions of the statement whose entry is at {@code seq}, up to that one, newest first: those in view, and
     * what they took the place of when they were renewed.
     */
    public List<Entry> versionsUpTo(long seq) {
        List<Entry> newestFirst = new ArrayList<>();
        for (long at = seq; at != 0; at = previous(at)) {
            if (!withdrawn(at)) {
                found(at).ifPresent(newestFirst::add);
            }
        }
        return newestFirst;
    }

    /** Whether an entry in view may be seen. */
    public boolean sees(Audience audience, long seq) {
        return RowFilter.of(this, audience, Versions.ALL).matches(seq);
    }

    public long version(long seq) {
        return entryHeads.version(seq);
    }

    public boolean hasDigest(long seq, String digest) {
        return entryHeads.hasDigest(seq, digest);
    }

    /** Whether an entry in view is among the versions meant. */
    public boolean isOneOf(Versions versions, long seq) {
        return isOneOf(versions, seq, rows.block(seq), RowBlock.index(seq));
    }

    /** The same for who has the row at hand. */
    boolean isOneOf(Versions versions, long seq, RowBlock block, int row) {
        if (versions.all()
                || (versions.last() && !block.has(row, RowBlock.SUPERSEDED))
                || (versions.first() && !block.has(row, RowBlock.LATER))) {
            return true;
        }
        return !versions.exactly().isEmpty() && versions.exactly().contains(entryHeads.version(seq));
    }

    public Entry entry(long seq) {
        return entry(rows.block(seq), seq);
    }

    public Entry entry(RowBlock block, long seq) {
        return entryHeads.entry(seq, block, RowBlock.index(seq));
    }

    /** An entry that was found in view; empty when it was erased since, and its bytes may be gone. */
    public Optional<Entry> found(long seq) {
        Entry entry = entry(seq); // first: what is not erased after that had its bytes then
        return erasures.erased(seq) ? Optional.empty() : Optional.of(entry);
    }

    /** Whether an object never leaves the centre, so that others which refer to it may be of the same units. */
    public boolean isHouse(String id) {
        long head = head(id);
        return head != 0 && CaseUnitIndex.house(rows.block(head), RowBlock.index(head));
    }

    /** Takes over one record of the journal. */
    public void apply(ByteBuffer segment, int offset, long position) throws IOException {
        switch (JournalRecord.kind(segment, offset)) {
            case JournalRecord.ENTRY -> add(segment, offset, position);
            case JournalRecord.WITHDRAW -> withdraw(segment, offset);
            case JournalRecord.RESTRICT -> restrict(segment, offset);
            case JournalRecord.ERASE -> erasures.apply(segment, offset, this::hideErased);
            default -> throw new IOException("unknown kind of journal record");
        }
    }

    private void hideErased(long seq) {
        rows.block(seq).set(RowBlock.index(seq), RowBlock.WITHDRAWN, true);
        changed(seq);
    }

    private void add(ByteBuffer segment, int offset, long position) throws IOException {
        long seq = EntryRecord.seq(segment, offset);
        if (seq > Integer.MAX_VALUE - RowBlock.SIZE) {
            throw new IOException("this store is full: it holds " + seq + " entries");
        }
        ByteBuffer stored = EntryRecord.id(segment, offset);
        byte[] id = new byte[stored.remaining()];
        stored.get(id);
        int number = EntryRecord.statement(segment, offset);
        int hash = ids.hash(id, number);
        int newest = ids.find(id, number, hash);
        long before = inView(newest);
        boolean renewal = before != 0 && EntryRecord.renewal(segment, offset);
        RowBlock block = rows.blockToFill(seq);
        int row = RowBlock.index(seq);
        ByteReader facts = EntryRecord.afterId(segment, offset);
        entryHeads.keep(seq, segment, offset, position);
        block.added[row] = EntryRecord.added(segment, offset);
        block.previous[row] = newest;
        block.idHash[row] = hash;
        block.type[row] = rows.types.code(facts.text());
        String producer = facts.text();
        String source = facts.text();
        block.producer[row] = rows.producers.code(producer);
        block.source[row] = rows.sources.code(source);
        block.created[row] = EntryRecord.created(segment, offset);
        Provenance provenance = EntryRecord.provenanceFrom(facts);
        block.authority[row] = rows.authorities.code(provenance.authority(!producer.isEmpty(), source));
        block.signers[row] = rows.signers.code(LostProofs.signers(producer, provenance));
        block.release[row] = EntryRecord.release(segment, offset);
        block.set(row, RowBlock.SPEC_20, EntryRecord.spec20(segment, offset));
        block.set(row, RowBlock.LATER, (renewal ? inView(previous(before)) : before) != 0);
        block.set(row, RowBlock.BY_MEMBER, source.isEmpty() && EntryRecord.bySomebodyWhoSeesAll(segment, offset));
        if (renewal) {
            block.setFirstAdded(row, rows.block(before).firstAdded(RowBlock.index(before)));
        }
        if (ErasedRecord.is(segment, offset)) {
            block.set(row, RowBlock.WITHDRAWN, true);
            erasures.applyErased(seq);
        } else {
            erasures.applyAfter(newest, seq);
        }
        block.classes |= 1L << block.release[row];
        block.types |= 1L << block.type[row];
        long otherUnit = (block.release[row] & ReleaseTerms.HOUSE) != 0
                ? cases.add(seq, renewal ? before : 0, segment, offset, this::head)
                : 0;
        Statements.Group group = group(seq, newest, id, number, EntryRecord.rightful(segment, offset));
        ids.put(hash, newest, (int) seq);
        rows.publish(seq);
        narrowOlder(seq);
        if (group != null) {
            regroup(group);
        }
        for (long older = otherUnit; older != 0; older = previous(older)) {
            changed(older);
        }
        if (before != 0) { // after publishing: a reader in between sees both versions rather than none
            rows.block(before).set(RowBlock.index(before), RowBlock.SUPERSEDED, true);
            if (renewal) {
                renewals.put(before, seq);
                rows.block(before).set(RowBlock.index(before), RowBlock.RENEWED, true);
            }
            changed(before);
        }
    }

    /** The statements of the id of a new entry; null when it is the only one. */
    private Statements.Group group(long seq, long newest, byte[] id, int number, boolean rightful) {
        long other = newest != 0 || number == 0 ? newest : head(id, 0);
        Statements.Group group = other == 0 ? null : group(other);
        if (newest == 0 && number > 0) {
            group = Statements.with(group, id, number, rightful);
        }
        if (group != null) {
            statements.put(seq, rows.block(seq), RowBlock.index(seq), group, number);
        }
        return group;
    }

    /** Puts all entries of an id under the statements that there are now, which may change who is shown which. */
    private void regroup(Statements.Group group) {
        for (int number : group.order()) {
            for (long seq = head(group.id(), number); seq != 0; seq = previous(seq)) {
                statements.put(seq, rows.block(seq), RowBlock.index(seq), group, number);
                changed(seq);
            }
        }
    }

    /**
     * Older versions are released no further than the one after them: who may not see what became of an object does not
     * see that there was one.
     */
    private void narrowOlder(long seq) {
        narrowTermsOfOlder(seq);
        if (!CaseUnitIndex.house(rows.block(seq), RowBlock.index(seq))) {
            return;
        }
        for (long older = previous(seq); older != 0; older = previous(older)) { // also past what referred to no case
            if (cases.narrow(older, seq)) {
                changed(older);
            }
        }
    }

    /** Stops at one that is as narrow, since those before it are, too. */
    private void narrowTermsOfOlder(long seq) {
        ReleaseTerms narrow = ReleaseTerms.of(rows.block(seq).release[RowBlock.index(seq)]);
        for (long older = previous(seq); older != 0; older = previous(older)) {
            RowBlock block = rows.block(older);
            ReleaseTerms now = ReleaseTerms.of(block.release[RowBlock.index(older)]);
            ReleaseTerms narrowed = now.noFurtherThan(narrow);
            if (narrowed.equals(now)) {
                return;
            }
            block.release[RowBlock.index(older)] = narrowed.number();
            block.classes |= 1L << narrowed.number();
            changed(older);
        }
    }

    /** The versions of an object that are in view, of all statements, in the order in which they were added. */
    public List<Entry> versions(String id) {
        return versions(id, seq -> true);
    }

    /** Those of them that the audience may see. Nothing of the others is read: the time would disclose them. */
    public List<Entry> versions(String id, Audience audience) {
        return versions(id, RowFilter.of(this, audience, Versions.ALL)::matches);
    }

    private List<Entry> versions(String id, LongPredicate meant) {
        List<Long> seqs = new ArrayList<>();
        for (long head : heads(id)) {
            for (long seq = inView(head); seq != 0; seq = inView(previous(seq))) {
                seqs.add(seq);
            }
        }
        return seqs.stream()
                .filter(meant::test)
                .sorted()
                .flatMap(seq -> found(seq).stream())
                .toList();
    }

    /** Which versions in view are meant of what the audience is shown under an id, ascending. */
    public List<Long> chosen(String id, Versions versions, Audience audience) {
        List<Long> chosen = new ArrayList<>();
        for (long seq = shown(id, audience); seq != 0; seq = inView(previous(seq))) {
            if (isOneOf(versions, seq)) {
                chosen.add(seq);
            }
        }
        return chosen.reversed();
    }

    /** Those of these entries that are in view under an id, ascending. */
    public List<Long> inView(String id, Collection<Long> seqs) {
        return versions(id).stream().map(Entry::seq).filter(seqs::contains).toList();
    }

    /**
     * The classes that these entries get, as far as they change: the narrower marking wins. Of what was stored once
     * more, the last entry gets them.
     *
     * @throws IllegalArgumentException when there is no such entry
     */
    public Map<Long, ReleaseTerms> stricter(Map<Long, ReleaseTerms> bySeq) {
        Map<Long, ReleaseTerms> stricter = new TreeMap<>();
        bySeq.forEach((seq, wanted) -> {
            if (seq < 1 || seq > rows.last()) {
                throw new IllegalArgumentException("there is no entry " + seq + " to restrict");
            }
            long last = seq;
            for (Long later = renewals.get(last); later != null; later = renewals.get(last)) {
                last = later;
            }
            ReleaseTerms now = ReleaseTerms.of(rows.block(last).release[RowBlock.index(last)]);
            ReleaseTerms both = now.narrowedBy(wanted);
            if (!both.equals(now)) {
                stricter.merge(last, both, ReleaseTerms::narrowedBy);
            }
        });
        return stricter;
    }

    public static byte[] withdrawRecord(String id, List<Long> seqs, String reason, String by, long at) {
        ByteWriter record = JournalRecord.begin(JournalRecord.WITHDRAW, 64 + reason.length());
        record.int64(at);
        record.text(by);
        record.text(reason);
        record.text(id);
        record.count(seqs.size());
        seqs.forEach(record::int64);
        return record.toBytes();
    }

    private void withdraw(ByteBuffer segment, int offset) {
        ByteReader record = new ByteReader(segment, offset + JournalRecord.HEADER);
        record.int64();
        record.text();
        record.text();
        byte[] id = record.text().getBytes(StandardCharsets.UTF_8);
        int count = record.count();
        int statement = 0;
        for (int i = 0; i < count; i++) {
            long seq = record.int64();
            statement = statement(seq); // the same for all
            rows.block(seq).set(RowBlock.index(seq), RowBlock.WITHDRAWN, true);
            changed(seq);
            withdrawRenewed(seq);
        }
        long head = head(id, statement);
        settle(head);
        if (group(head) != null) {
            regroup(group(head));
        }
    }

    /** What was stored once more is withdrawn with its last entry. */
    private void withdrawRenewed(long seq) {
        for (long older = previous(seq); older != 0; older = previous(older)) {
            if (renewed(older) && version(older) == version(seq)) {
                rows.block(older).set(RowBlock.index(older), RowBlock.WITHDRAWN, true);
            }
        }
    }

    /** Says anew which of the versions still in view is the first and which the latest. */
    private void settle(long head) {
        long latest = inView(head);
        if (latest != 0) {
            for (long older = cases.settle(head, latest); older != 0; older = previous(older)) {
                changed(older);
            }
        }
        for (long seq = latest; seq != 0; ) {
            long before = inView(previous(seq));
            RowBlock block = rows.block(seq);
            block.set(RowBlock.index(seq), RowBlock.SUPERSEDED, seq != latest);
            block.set(RowBlock.index(seq), RowBlock.LATER, before != 0);
            changed(seq);
            seq = before;
        }
    }

    public static byte[] restrictRecord(Map<Long, ReleaseTerms> bySeq) {
        ByteWriter record = JournalRecord.begin(JournalRecord.RESTRICT, 8 + bySeq.size() * 24);
        record.count(bySeq.size());
        bySeq.forEach((seq, release) -> {
            record.int64(seq);
            EntryRecord.writeTerms(record, release);
        });
        return record.toBytes();
    }

    private void restrict(ByteBuffer segment, int offset) {
        ByteReader record = new ByteReader(segment, offset + JournalRecord.HEADER);
        int count = record.count();
        for (int i = 0; i < count; i++) {
            long seq = record.int64();
            int release = EntryRecord.readTerms(record);
            RowBlock block = rows.block(seq);
            block.release[RowBlock.index(seq)] = release;
            block.classes |= 1L << release;
            changed(seq);
            narrowOlder(seq);
            if (group(seq) != null) {
                regroup(group(seq));
            }
        }
    }

    /** Last of all, so that a reader of the new stamp also sees what changed. */
    private void changed(long seq) {
        rows.publish(rows.last());
        rows.block(seq).stamp.incrementAndGet();
    }
}
