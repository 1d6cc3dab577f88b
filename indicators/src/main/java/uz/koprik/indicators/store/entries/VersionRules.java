package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.entries.Statement.Version;

/**
 * Decides what becomes of the drafts of one flush, one after the other, each knowing those before it.
 *
 * <p>Only its creator makes versions of an object. Versions of one statement only ever rise, withdrawn ones included,
 * and an object that has versions does not go back to having none. What the claimant may not know of has no part in the
 * outcome: its draft is judged as if that were not there, and is kept apart from it.
 *
 * <p>What was erased does not come back under its id in a version that is not higher, from any sender. Who may not know
 * that it was there gets the answer that it was taken.
 *
 * <p>The latest version with a good signature replaces the same version that only compromised keys prove.
 */
public final class VersionRules {

    private final EntryTable entryTable;
    private final Map<String, List<Statement>> touched = new HashMap<>();

    public VersionRules(EntryTable entryTable) {
        this.entryTable = entryTable;
    }

    /** What becomes of a draft. */
    public sealed interface Ruling {

        /** It is not stored. */
        record Refused(AppendResult outcome) implements Ruling {}

        /**
         * It is stored.
         *
         * @param statement number of the statement that it continues or begins
         * @param rightful whether it begins one that takes precedence
         * @param contests see {@link AppendResult.NewEntry#contests}
         */
        record Accepted(int statement, boolean rightful, long contests) implements Ruling {}
    }

    public Ruling rule(EncodedDraft draft) {
        return rule(draft.facts(), draft.id(), draft.follows(), draft.claimant());
    }

    Ruling rule(EntryMetadata facts, byte[] id, Optional<Long> follows, Claimant claimant) {
        List<Statement> statements = touched.get(facts.id());
        if (statements == null) {
            statements = entryTable.statements(id);
        }
        List<Statement> known = statements.stream()
                .filter(statement -> statement.known(claimant))
                .toList();
        OptionalLong erased = statements.isEmpty()
                ? OptionalLong.empty()
                : entryTable.erasures().highest(facts.id());
        if (erased.isPresent() && facts.version() <= erased.getAsLong()) {
            AppendResult gone = new AppendResult.Withdrawn(erased.getAsLong());
            return new Ruling.Refused(known.isEmpty() ? new AppendResult.UnseenEntry(gone) : gone);
        }
        for (Statement statement : known) {
            Optional<Version> same = statement.same(facts.version(), facts.digest());
            if (same.isPresent() && !statement.renews(facts)) {
                return new Ruling.Refused(
                        new AppendResult.Duplicate(same.get().seq(), same.get().added()));
            }
        }
        for (Statement statement : known) {
            if (statement.differs(facts) == null) {
                boolean mayNot = facts.version() != StixObject.UNVERSIONED
                        && Statement.byOutsideAccount(facts)
                        && statement.latestByMember();
                return mayNot
                        ? new Ruling.Refused(new AppendResult.Foreign(statement.latest(), "/id"))
                        : within(statement, facts, follows);
            }
        }
        if (known.isEmpty()) {
            return unknown(statements, facts, follows, claimant);
        }
        Statement first = known.getFirst();
        if (facts.version() == StixObject.UNVERSIONED) {
            return first.newest() == StixObject.UNVERSIONED
                    ? apart(statements, false, 0, follows)
                    : within(first, facts, follows);
        }
        if (follows.isPresent() && follows.get() != first.latestVersion()) {
            return new Ruling.Refused(new AppendResult.Stale(first.latest(), first.latestVersion()));
        }
        return first.names(facts)
                ? apart(statements, true, first.latest(), follows)
                : new Ruling.Refused(new AppendResult.Foreign(first.latest(), first.differs(facts)));
    }

    /**
     * Nothing that the claimant may know of has this id. What the creator signed is its own all the same, also from a
     * relay.
     */
    private static Ruling unknown(
            List<Statement> statements, EntryMetadata facts, Optional<Long> follows, Claimant claimant) {
        if (claimant.partner() && facts.authority().isEmpty()) {
            for (Statement statement : statements) {
                if (statement.differs(facts) == null) {
                    return within(statement, facts, follows) instanceof Ruling.Refused(AppendResult actual)
                            ? new Ruling.Refused(new AppendResult.UnseenEntry(actual))
                            : new Ruling.Accepted(statement.number, false, 0);
                }
            }
        }
        boolean contests = !statements.isEmpty() && facts.version() != StixObject.UNVERSIONED;
        return apart(statements, false, contests ? statements.getFirst().latest() : 0, follows);
    }

    private static Ruling apart(List<Statement> statements, boolean rightful, long contests, Optional<Long> follows) {
        return follows.isPresent() && follows.get() != 0
                ? new Ruling.Refused(new AppendResult.Stale(0, 0))
                : new Ruling.Accepted(statements.size(), rightful, contests);
    }

    private static Ruling within(Statement statement, EntryMetadata facts, Optional<Long> follows) {
        Optional<AppendResult> refused = facts.version() > statement.newest() || statement.renews(facts)
                ? Optional.empty()
                : refuse(facts, statement.newestFirst());
        if (refused.isEmpty() && follows.isPresent() && follows.get() != statement.latestVersion()) {
            refused = Optional.of(new AppendResult.Stale(statement.latest(), statement.latestVersion()));
        }
        return refused.isPresent()
                ? new Ruling.Refused(refused.get())
                : new Ruling.Accepted(statement.number, false, 0);
    }

    /** Notes a draft of this flush that is to be stored. */
    public void accepted(EncodedDraft draft, Ruling.Accepted ruling, long seq, long added) {
        List<Statement> statements =
                touched.computeIfAbsent(draft.facts().id(), id -> new ArrayList<>(entryTable.statements(draft.id())));
        Optional<Statement> continued = statements.stream()
                .filter(statement -> statement.number == ruling.statement())
                .findFirst();
        Statement statement = continued.orElseGet(() -> new Statement(entryTable, ruling.statement(), 0));
        if (continued.isEmpty()) {
            statements.add(ruling.rightful() ? 0 : statements.size(), statement);
        }
        statement.add(draft.facts(), seq, added);
    }

    private static Optional<AppendResult> refuse(EntryMetadata facts, List<Version> newestFirst) {
        long floor = Long.MIN_VALUE;
        for (Version known : newestFirst) {
            boolean sameDigest = known.hasDigest().test(facts.digest());
            if (known.withdrawn()) {
                floor = Math.max(floor, known.version());
            } else if (known.version() == facts.version() && sameDigest) {
                return Optional.of(new AppendResult.Duplicate(known.seq(), known.added()));
            } else if (known.version() == facts.version() && known.version() != StixObject.UNVERSIONED) {
                return Optional.of(new AppendResult.Conflict(known.seq()));
            }
        }
        if (facts.version() <= floor) {
            return Optional.of(new AppendResult.Withdrawn(floor));
        }
        Version latest = newestFirst.stream()
                .filter(known -> !known.withdrawn())
                .findFirst()
                .orElseThrow();
        if (facts.version() == StixObject.UNVERSIONED && latest.version() == StixObject.UNVERSIONED) {
            return Optional.empty(); // an object without versions changed: a further edition
        }
        return Optional.of(new AppendResult.Stale(latest.seq(), latest.version()));
    }
}
