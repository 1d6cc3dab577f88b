package uz.koprik.gateway.analyst;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.exchange.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.Reference;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * What case files refer to and what refers to them. They name one another by an id that stands for a number: one that only cases of
 * earlier versions bear themselves, to which the case of that number, or the cases of several units, refer.
 */
final class CaseLinks {

    private static final String OF_ITS_NUMBER = "number";
    private static final String OF_OTHER_CASES = "case";

    private CaseLinks() {}

    /** What a reference leads to, as far as the recipient may see. */
    static List<Entry> targets(Release release, Recipient recipient, Entry from, Reference reference) throws StoreUnavailable {
        Optional<Entry> itself = release.latest(recipient, reference.id());
        List<Entry> targets = new ArrayList<>(itself.stream().toList());
        if (from.facts().unit().isPresent() && reference.role().equals(OF_OTHER_CASES)) {
            for (Entry other : release.referrers(recipient, reference.id())) {
                if (numberRef(other).filter(reference.id()::equals).isPresent()) {
                    targets.add(other);
                }
            }
        }
        return targets;
    }

    /** What refers to an object, or as a case to the number that it has; ascending by place in the sequence. */
    static List<Entry> referrers(Release release, Recipient recipient, Entry to) throws StoreUnavailable {
        List<Entry> all = release.referrers(recipient, to.facts().id());
        Optional<String> number = numberRef(to);
        if (number.isEmpty()) {
            return all;
        }
        List<Entry> both = new ArrayList<>(all);
        for (Entry other : release.referrers(recipient, number.get())) {
            if (roles(other, number.get()).contains(OF_OTHER_CASES)) {
                both.add(other);
            }
        }
        both.sort(Comparator.comparingLong(Entry::seq));
        return both.stream().distinct().toList();
    }

    /** In which ways one refers to the other: itself, or as a case to its number. */
    static List<String> roles(Entry from, Entry to) {
        List<String> roles = new ArrayList<>(roles(from, to.facts().id()));
        numberRef(to).ifPresent(number -> roles(from, number).stream().filter(OF_OTHER_CASES::equals).forEach(roles::add));
        return roles;
    }

    private static List<String> roles(Entry from, String id) {
        return Reference.of(StoredObject.json(from)).stream().filter(one -> one.id().equals(id)).map(Reference::role).toList();
    }

    /** What a case names its own number by, when that is not its id; empty for everything else. */
    static Optional<String> numberRef(Entry entry) {
        return entry.facts().unit().isEmpty() ? Optional.empty() : Reference.of(StoredObject.json(entry)).stream()
                .filter(one -> one.role().equals(OF_ITS_NUMBER)).map(Reference::id).findFirst();
    }
}
