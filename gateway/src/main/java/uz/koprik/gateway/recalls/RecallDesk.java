package uz.koprik.gateway.recalls;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.clock.Admission;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;

/** What people of this centre do with recalls. Each recall is signed, durable and in force here when it returns. */
public final class RecallDesk {

    private static final Logger LOG = LoggerFactory.getLogger(RecallDesk.class);

    /** Types that have no content to take back, or that others need to verify what they hold. */
    private static final Set<String> NEVER =
            Set.of("marking-definition", "extension-definition", "countersignature", "language-content");

    private final RecallBook book;
    private final RecallKeeper keeper;
    private final Release release;
    private final LocalCentre centre;
    private final Admission admission;

    /** @param admission decides whether this centre may sign now */
    public RecallDesk(RecallBook book, RecallKeeper keeper, Release release, LocalCentre centre, Admission admission) {
        this.book = book;
        this.keeper = keeper;
        this.release = release;
        this.centre = centre;
        this.admission = admission;
    }

    /**
     * Recalls objects of this centre: all of them, or none when one cannot be recalled. Those that a call before
     * recalled in the same way keep that recall, so that an interrupted call can be repeated.
     *
     * @param narrow the marking to narrow to; empty to withdraw
     * @param reason for those who have the objects
     * @param caller who does it; sees the objects
     * @return a recall per object, in the order of {@code ids}
     */
    public List<RecallRecord> recall(List<String> ids, Optional<Tlp> narrow, String reason, Recipient caller)
            throws StoreUnavailable, DamagedRecalls, RecallRefused {
        admission.require();
        book.refresh();
        Set<String> asked = new LinkedHashSet<>(ids);
        Map<String, RecallRecord> recalls = new HashMap<>();
        for (String id : asked) {
            sameBefore(id, narrow, caller).ifPresent(record -> recalls.put(id, record));
        }
        if (recalls.size() == asked.size()) {
            recalls.clear(); // nothing is left to do, so the call is a mistake, which is said below
        }
        List<Entry> objects = new ArrayList<>();
        for (String id : asked) {
            if (!recalls.containsKey(id)) {
                objects.add(checked(id, narrow, caller));
            }
        }
        for (Entry object : objects) {
            recalls.put(
                    object.facts().id(),
                    recall(object.facts(), keeper.newest(object.facts()), narrow, reason, caller.name()));
        }
        return asked.stream().map(recalls::get).toList();
    }

    /** The newest recall of an object that the caller sees, when it did the same and still holds. */
    private Optional<RecallRecord> sameBefore(String id, Optional<Tlp> narrow, Recipient caller)
            throws StoreUnavailable {
        Optional<Entry> object = release.latest(caller, id);
        return book.ofObject(id).stream()
                .limit(1)
                .filter(record -> book.ours(record)
                        && object.isPresent()
                        && record.recall().tlp().equals(narrow)
                        && (narrow.isPresent()
                                ? object.get().release().tlp().equals(narrow.get())
                                : object.get().facts().revoked()))
                .findFirst();
    }

    /** Recalls an earlier version of an object of this centre, with those before it, and leaves the later ones. */
    public RecallRecord recallEarlier(Entry version, Optional<Tlp> narrow, String reason)
            throws StoreUnavailable, DamagedRecalls {
        admission.require();
        book.refresh();
        return recall(version.facts(), version.facts().version(), narrow, reason, centre.name());
    }

    private RecallRecord recall(EntryMetadata object, long version, Optional<Tlp> narrow, String reason, String account)
            throws StoreUnavailable, DamagedRecalls {
        RecallRecord record = record(object, version, narrow, reason);
        book.add(record);
        RecallRecord settled = keeper.settle(record);
        LOG.info(
                "account {} recalls {} ({})",
                account,
                object.id(),
                record.recall().act().word());
        return settled;
    }

    private Entry checked(String id, Optional<Tlp> narrow, Recipient caller) throws StoreUnavailable, RecallRefused {
        Entry entry = release.latest(caller, id)
                .orElseThrow(() -> new RecallRefused(
                        RecallRefused.Kind.ABSENT,
                        "there is no object " + id + " here; `koprik search` finds objects. If it was deleted here over"
                                + " TAXII, submit a later version of it and recall that"));
        EntryMetadata facts = entry.facts();
        if (facts.release().house()) { // what came to refer to a case file later, partners may have
            throw invalid(id + " is a case file, which no partner has: close it instead");
        }
        if (facts.version() == StixObject.UNVERSIONED || NEVER.contains(facts.type())) {
            throw invalid(
                    "an object of type " + facts.type() + " cannot be recalled: recall the objects that refer to it");
        }
        if (!centre.made(facts)) {
            throw invalid("only its producer recalls an object, and this centre did not make " + id
                    + ": report an opinion on it, or ask its producer");
        }
        boolean recalled = book.ofObject(id).stream()
                .anyMatch(record -> record.recall().act() == Recall.Act.WITHDRAW && facts.revoked());
        if (recalled) {
            throw new RecallRefused(
                    RecallRefused.Kind.CONFLICT, id + " is recalled already; `koprik recall again` asks once more");
        }
        if (narrow.filter(tlp -> entry.release().tlp().compareTo(tlp) >= 0).isPresent()) {
            throw invalid(id + " is " + entry.release().tlp().label() + " already: narrow it to a stricter marking");
        }
        return entry;
    }

    private static RecallRefused invalid(String message) {
        return new RecallRefused(RecallRefused.Kind.INVALID, message);
    }

    private RecallRecord record(EntryMetadata object, long version, Optional<Tlp> narrow, String reason) {
        Instant now = book.now();
        Recall recall = new Recall(
                Recall.TYPE + "--" + UUID.randomUUID(),
                now.truncatedTo(ChronoUnit.MILLIS),
                centre.identity(),
                object.id(),
                version,
                narrow.isPresent() ? Recall.Act.NARROW : Recall.Act.WITHDRAW,
                narrow,
                reason);
        StixObject signed = StixWriter.signed(recall.json(), centre.signer(), now);
        return new RecallRecord(signed, recall, now, "", List.of(), List.of(), Map.of());
    }
}
