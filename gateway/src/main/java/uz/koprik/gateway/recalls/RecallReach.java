package uz.koprik.gateway.recalls;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.feeds.PartnerReport;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Entry;

/**
 * Who has an object of this store, or may have it. Agreements of the past are not kept, and nobody records fetches. So
 * every partner may have it to which some agreement could have given it; what no agreement gives, such as TLP:RED to
 * others than those named, went nowhere.
 */
final class RecallReach {

    private static final Agreement WIDEST =
            new Agreement(Tlp.AMBER_STRICT, Optional.of("any"), Optional.empty(), "the widest that there can be");

    private final Supplier<List<PartnerReport>> reports;
    private final Trust trust;
    private final InstantSource clock;

    RecallReach(Supplier<List<PartnerReport>> reports, Trust trust, InstantSource clock) {
        this.reports = reports;
        this.trust = trust;
        this.clock = clock;
    }

    /**
     * The partners that have one of these entries, or may have it.
     *
     * @param without names of partners that are left out: the producer, and who sent the recall
     */
    List<RecallRecord.Target> of(List<Entry> entries, Set<String> without) {
        return of(entries, without, (partner, entry) -> released(entry, partner, WIDEST) && !gave(partner, entry));
    }

    /** The same for entries that this centre made: a partner that sent one back has it. */
    List<RecallRecord.Target> ofOurs(List<Entry> entries) {
        return of(entries, Set.of(), (partner, entry) -> released(entry, partner, WIDEST) || gave(partner, entry));
    }

    private List<RecallRecord.Target> of(List<Entry> entries, Set<String> without, BiPredicate<String, Entry> has) {
        List<RecallRecord.Target> targets = new ArrayList<>();
        for (PartnerReport partner : reports.get()) {
            String name = partner.settings().name();
            boolean server = partner.centre().isEmpty();
            if (without.contains(name) || (server && !partner.settings().push())) {
                continue;
            }
            boolean may = entries.stream().anyMatch(entry -> has.test(name, entry));
            if (may) {
                boolean sent = entries.stream()
                        .anyMatch(entry -> partner.settings().push()
                                && partner.memory().pushedSeq() >= entry.seq()
                                && released(entry, name, partner.settings().agreement()));
                targets.add(new RecallRecord.Target(name, partner.centre().map(TrustedCentre::identity), sent));
            }
        }
        return targets;
    }

    /** By the terms at intake: what narrowed it later took nothing back. Who left a group has it still. */
    private boolean released(Entry entry, String partner, Agreement agreement) {
        Instant came = Instant.EPOCH.plus(entry.firstAdded(), ChronoUnit.MICROS);
        return ReleaseDecision.decide(
                        entry.facts().release(), trust.recipientSince(partner, agreement, came), clock.instant())
                .released();
    }

    private static boolean gave(String partner, Entry entry) {
        return entry.facts().receivedFrom().equals(partner);
    }
}
