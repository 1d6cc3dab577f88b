package uz.koprik.gateway.recalls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.RecallReceipt;
import uz.koprik.indicators.stix.StixObject;

/**
 * A recall as this centre holds it.
 *
 * @param object the signed recall
 * @param recall what it says
 * @param firstSeen when this centre first held it; revocations of keys are judged by it
 * @param from name of the partner that sent it first; empty for a recall of this centre
 * @param targets partners to which this centre passes it on
 * @param receipts the last of each centre
 * @param contradicted when a partner that said it gave the object up was seen to have it still, by identity
 */
public record RecallRecord(
        StixObject object,
        Recall recall,
        Instant firstSeen,
        String from,
        List<Target> targets,
        List<SignedReceipt> receipts,
        Map<String, Instant> contradicted) {

    public RecallRecord {
        targets = List.copyOf(targets);
        receipts = List.copyOf(receipts);
        contradicted = Map.copyOf(contradicted);
    }

    /**
     * A partner that has the object, or may have it.
     *
     * @param name as on the trust list
     * @param identity empty for an ordinary TAXII server
     * @param sent whether the object was pushed to it; otherwise it could fetch it
     */
    public record Target(String name, Optional<String> identity, boolean sent) {}

    /**
     * A receipt as this centre holds it.
     *
     * @param proven whether a known key of the centre signed it; a centre behind a relay may be unknown here
     * @param via name of the partner that sent it; empty for a receipt of this centre
     */
    public record SignedReceipt(
            StixObject object, RecallReceipt receipt, Instant firstSeen, String via, boolean proven) {}

    /** The last receipt of the centre with that identity. */
    public Optional<SignedReceipt> receipt(String identity) {
        return receipts.stream()
                .filter(one -> one.receipt().centre().equals(identity))
                .findFirst();
    }

    /** Whether the recall is passed on to the partner with that identity. */
    boolean goesTo(String identity) {
        return targets.stream()
                .anyMatch(target -> target.identity().filter(identity::equals).isPresent());
    }

    /** With further targets; a sent one replaces the same that may have fetched. */
    RecallRecord withTargets(List<Target> more) {
        Map<String, Target> all = new LinkedHashMap<>();
        targets.forEach(target -> all.put(target.name(), target));
        more.forEach(target -> all.merge(target.name(), target, (old, now) -> now.sent() ? now : old));
        return new RecallRecord(object, recall, firstSeen, from, List.copyOf(all.values()), receipts, contradicted);
    }

    /**
     * With a receipt, unless a later one of the same centre is here. One that a key of the centre proves takes the
     * place of any that none proves, and never the other way round.
     */
    RecallRecord withReceipt(SignedReceipt added, Predicate<SignedReceipt> proven) {
        Optional<SignedReceipt> before = receipt(added.receipt().centre());
        if (before.filter(old -> proven.test(old) == added.proven()
                        ? !added.receipt().created().isAfter(old.receipt().created())
                        : !added.proven())
                .isPresent()) {
            return this;
        }
        List<SignedReceipt> all = new ArrayList<>(receipts);
        before.ifPresent(all::remove);
        all.add(added);
        return new RecallRecord(object, recall, firstSeen, from, targets, all, contradicted);
    }

    /** With the finding that the partner of that identity has the object still; empty when it was not seen again. */
    RecallRecord withContradiction(String identity, Optional<Instant> seen) {
        Map<String, Instant> all = new LinkedHashMap<>(contradicted);
        all.remove(identity);
        seen.ifPresent(at -> all.put(identity, at));
        return new RecallRecord(object, recall, firstSeen, from, targets, receipts, all);
    }
}
