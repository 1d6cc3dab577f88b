package uz.koprik.gateway.api.objects;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.Reference;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * What objects refer to and what refers to them, as far as a recipient may see. Case files name one another by an id
 * that stands for a number, and that only cases of early versions bear: it leads to the case of that number, or to
 * those of several units.
 */
final class CaseLinks {

    private static final String OF_ITS_NUMBER = "number";
    private static final String OF_OTHER_CASES = "case";

    private final AnalystServices services;
    private final Recipient recipient;

    CaseLinks(AnalystServices services, Recipient recipient) {
        this.services = services;
        this.recipient = recipient;
    }

    /** What a reference leads to. */
    List<Entry> targets(Entry from, Reference reference) throws StoreUnavailable {
        if (from.facts().unit().isEmpty() || !reference.role().equals(OF_OTHER_CASES)) {
            return reference.role().equals(OF_ITS_NUMBER) && from.facts().unit().isPresent()
                    ? List.of()
                    : services.release().latest(recipient, reference.id()).stream()
                            .toList();
        }
        List<Entry> targets = new ArrayList<>();
        for (String number : CaseService.stored(from).file().cases()) {
            if (id(number).equals(reference.id())) {
                for (CaseService.StoredCase other : services.cases().all(recipient, number)) {
                    services.release().latest(recipient, other.object().id()).ifPresent(targets::add);
                }
            }
        }
        return targets;
    }

    /** What refers to an object, or as a case to the number that it has; ascending by sequence number. */
    List<Entry> referrers(Entry to) throws StoreUnavailable {
        List<Entry> all = new ArrayList<>(
                services.release().referrers(recipient, to.facts().id()));
        Optional<String> number = numbered(to);
        if (number.isPresent()) {
            for (Entry other : services.release().referrers(recipient, number.get())) {
                if (roles(other, number.get()).contains(OF_OTHER_CASES)
                        && all.stream().noneMatch(one -> one.seq() == other.seq())) {
                    all.add(other);
                }
            }
            all.sort(Comparator.comparingLong(Entry::seq));
        }
        return all;
    }

    /** In which ways one refers to the other: itself, or as a case to its number. */
    List<String> roles(Entry from, Entry to) {
        List<String> roles = new ArrayList<>(roles(from, to.facts().id()));
        numbered(to).ifPresent(number -> roles(from, number).stream()
                .filter(OF_OTHER_CASES::equals)
                .forEach(roles::add));
        return roles.stream().distinct().toList();
    }

    private static List<String> roles(Entry from, String id) {
        return Reference.of(StoredObject.json(from)).stream()
                .filter(one -> one.id().equals(id))
                .map(Reference::role)
                .toList();
    }

    /** The id that stands for the number of a case; empty for everything else. */
    private Optional<String> numbered(Entry entry) {
        return entry.facts()
                .unit()
                .map(unit -> CaseService.stored(entry).file())
                .map(CaseFile::number)
                .map(this::id);
    }

    private String id(String number) {
        return CaseFiles.id(services.localCentre().identity(), number);
    }
}
