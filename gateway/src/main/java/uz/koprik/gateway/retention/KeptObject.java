package uz.koprik.gateway.retention;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;

/**
 * What the rules of retention ask of the latest version of a statement.
 *
 * @param terms in force now
 * @param partners names of the centres that sent or signed it; this centre may be among them
 * @param received when it was first stored here
 */
record KeptObject(ReleaseTerms terms, Set<String> partners, Instant received) {

    KeptObject {
        partners = Set.copyOf(partners);
    }

    static KeptObject of(Entry entry) {
        EntryMetadata facts = entry.facts();
        Set<String> partners = new TreeSet<>(entry.release().from());
        if (!facts.receivedFrom().isEmpty()) {
            partners.add(facts.receivedFrom());
        }
        facts.provenance().signers().forEach(signer -> partners.add(signer.centre()));
        return new KeptObject(entry.release(), partners, Instant.EPOCH.plus(entry.firstAdded(), ChronoUnit.MICROS));
    }
}
